#pragma once

#include "base/metrics.h"
#include "feed/inboxes.h"
#include "feed/source_merge.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rookery::feed {

/// Goes down through an inbox and what is pulled beside it and, once below the inbox's floor, on
/// through the posts of all sources. Hashtags are pulled always.
class HomeStream final : public IdStream {
public:
    /// Tells all authors of the feed. Asked below the inbox only, where few pages come.
    using AllAuthors = std::function<std::vector<AccountId>()>;

    /// `store`, `rings` and `merged`, which counts the authors merged below the inbox, must outlive
    /// the stream. `pulled`: authors whose posts the inbox lacks.
    HomeStream(
        ports::Store& store,
        AuthorRings& rings,
        AllAuthors authors,
        std::vector<std::string> tags,
        Span span,
        Inboxes::Snapshot inbox,
        std::vector<AccountId> pulled,
        metrics::Counter& merged
    );

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override;

private:
    ports::Store& store_;
    AuthorRings& rings_;
    metrics::Counter& merged_;
    AllAuthors authors_;
    std::vector<std::string> tags_;
    Span rest_;
    const std::uint64_t floor_;
    SourceMerge recent_;
    std::unique_ptr<SourceMerge> deep_;
};

}  // namespace rookery::feed
