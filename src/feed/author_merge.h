#pragma once

#include "feed/author_rings.h"
#include "feed/id_stream.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace rookery::feed {

/// Merges the posts of several authors by id, exactly: each author's ring first, then, only for
/// those whose ring is used up, their rows in the store. The cost grows with the number of authors
/// and of ids taken, not with the number of posts that exist.
class AuthorMerge final : public IdStream {
public:
    /// `rings` must outlive the stream. `ready` is one more source, already in memory: ids within
    /// the span in its direction (empty: none).
    AuthorMerge(
        AuthorRings& rings,
        std::vector<AccountId> authors,
        Span span,
        std::vector<std::uint64_t> ready = {}
    );

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override;

private:
    struct Source {
        AccountId author;                ///< 0: the ready source
        std::vector<std::uint64_t> ids;  ///< in the direction of the span
        std::size_t position = 0;
        bool exhausted = false;  ///< nothing beyond `ids`
    };
    /// The next id of a source; the sources are a heap by it.
    using Head = std::pair<std::uint64_t, std::uint32_t>;

    [[nodiscard]] Task<Result<void>> start();
    [[nodiscard]] Task<Result<void>> open(Source source);
    [[nodiscard]] Task<Result<void>> refill(std::uint32_t index);
    void push_head(std::uint32_t index);
    [[nodiscard]] bool later(const Head& a, const Head& b) const {
        return span_.upwards ? a.first > b.first : a.first < b.first;
    }

    AuthorRings& rings_;
    std::vector<AccountId> authors_;
    Span span_;
    std::vector<std::uint64_t> ready_;
    std::vector<Source> sources_;
    std::vector<Head> heads_;
    std::uint64_t last_ = 0;  ///< to drop an id that two sources have
    bool started_ = false;
};

}  // namespace rookery::feed
