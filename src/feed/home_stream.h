#pragma once

#include "base/metrics.h"
#include "feed/inboxes.h"
#include "feed/source_merge.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rookery::feed {

/// Goes down through a reader's inbox, part by part, and what is pulled beside it and, once below
/// the inbox's floor, on through the posts of all sources. Hashtags are pulled always.
class HomeStream final : public IdStream {
public:
    /// Tells all authors of the feed. Asked below the inbox only, where few pages come.
    using AllAuthors = std::function<std::vector<AccountId>()>;

    /// What all streams share, and outlives them.
    struct Shared {
        ports::Store& store;
        AuthorRings& rings;
        Inboxes& inboxes;
        metrics::Counter& merged;  ///< counts the authors merged
    };

    /// `inbox`: the reader's, read for `span`. `pending`: authors whose posts are being pushed, so
    /// that inboxes may lack them.
    HomeStream(
        Shared shared,
        AccountId reader,
        AllAuthors authors,
        std::vector<std::string> tags,
        Span span,
        Inboxes::Snapshot inbox,
        std::vector<AccountId> pending
    );

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override;

private:
    void begin_part(Inboxes::Snapshot inbox);
    void begin_next_part();

    Shared shared_;
    const AccountId reader_;
    AllAuthors authors_;
    std::vector<std::string> tags_;
    std::vector<AccountId> pending_;
    Span rest_;  ///< from the present part downwards
    /// Of the present part: nothing of the reader's feed is missing at or above it.
    std::uint64_t floor_ = 0;
    std::optional<SourceMerge> part_;
};

}  // namespace rookery::feed
