#pragma once

#include "feed/author_rings.h"
#include "feed/id_stream.h"

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rookery::feed {

/// Whose posts a merge takes, and which hashtags' posts.
struct Sources {
    std::vector<AccountId> authors;
    std::vector<std::string> tags;  ///< in their stored form
};

/// Merges posts of several sources by id, exactly and each once: of an author the ring first, then,
/// only for those whose ring is used up, their rows in the store; of a hashtag its rows. The cost
/// grows with the number of sources and of ids taken, not with the number of posts that exist.
class SourceMerge final : public IdStream {
public:
    /// `store` and `rings` must outlive the stream. `ready` is one more source, already in memory:
    /// ids within the span in its direction (empty: none).
    SourceMerge(
        ports::Store& store,
        AuthorRings& rings,
        Sources sources,
        Span span,
        std::vector<std::uint64_t> ready = {}
    );

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override;

private:
    /// What a ring has lies in the source itself: a merge of many authors allocates nothing for
    /// each.
    using Ids = boost::container::small_vector<std::uint64_t, AuthorRing::kCapacity>;

    struct Source {
        AccountId author;  ///< 0: a hashtag, or the ready source
        Ids ids;           ///< in the direction of the span
        std::size_t position = 0;
        std::uint32_t tag = 0;   ///< of a hashtag: its place in `tags_`
        bool exhausted = false;  ///< nothing beyond `ids`
    };
    /// The next id of a source; the sources are a heap by it.
    using Head = std::pair<std::uint64_t, std::uint32_t>;

    [[nodiscard]] Task<Result<void>> start();
    /// The first rows of authors whose rings are used up, together: a page deep below takes them of
    /// everybody.
    [[nodiscard]] Task<Result<void>> read_used_up(std::vector<std::uint32_t> indexes);
    [[nodiscard]] Task<Result<void>> refill(std::uint32_t index);
    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>>
    read_tag(std::uint32_t tag, Span span, std::size_t limit);
    /// Where nothing is merged with what is ready, as on most pages.
    [[nodiscard]] std::vector<std::uint64_t> take_ready(std::size_t count);
    void push_head(std::uint32_t index);
    [[nodiscard]] bool later(const Head& a, const Head& b) const {
        return span_.upwards ? a.first > b.first : a.first < b.first;
    }

    ports::Store& store_;
    AuthorRings& rings_;
    std::vector<AccountId> authors_;
    std::vector<std::string> tags_;
    Span span_;
    std::vector<std::uint64_t> ready_;
    std::size_t taken_ = 0;  ///< of what is ready, by take_ready()
    std::vector<Source> sources_;
    std::vector<Head> heads_;
    std::uint64_t last_ = 0;  ///< to drop an id that two sources have
    bool started_ = false;
};

}  // namespace rookery::feed
