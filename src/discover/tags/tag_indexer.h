#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "discover/names/background_merge.h"
#include "discover/names/name_index.h"
#include "discover/tags/tag_numbers.h"
#include "events/consumer.h"
#include "ports/partitions.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/posts.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

struct TagIndexerConfig {
    /// Public posts, the newest, whose hashtags are the first that are looked at after a start.
    std::size_t fill_posts_max = 200'000;
    std::size_t step_posts = 500;
    std::size_t step_tags = 100;
};

/// Keeps an index of hashtags, in memory: filled after each start with those of the newest public
/// posts first, then with all that are stored, from name to name; since then with those of every
/// post. A hashtag's rank is how many accounts used it of
/// late: of its newest kUsesRead posts, an account of the last seven days counts kWeekCounts times.
/// It is counted anew after each use, and once a day: what nobody uses any more sinks.
class TagIndexer final : public events::Consumer, public DerivedState {
public:
    static constexpr std::size_t kUsesRead = 128;
    static constexpr std::int64_t kWeekCounts = 16;

    /// All outlive it.
    TagIndexer(
        TagIndexerConfig config,
        social::Environment environment,
        ports::Partitions& partitions,
        social::Posts& posts,
        TagNumbers& numbers,
        names::NameIndex& index
    )
        : config_(config),
          environment_(std::move(environment)),
          partitions_(partitions),
          posts_(posts),
          numbers_(numbers),
          index_(index),
          merge_(index) {}

    [[nodiscard]] std::string_view name() const override { return "discover.tags"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

    [[nodiscard]] std::string_view what() const override { return "the index of hashtags"; }
    [[nodiscard]] Task<Result<bool>> work() override;

    [[nodiscard]] bool is_filling() const { return is_filling_; }

private:
    using Numbers = std::vector<std::uint64_t>;

    /// The hashtags of these posts, each once.
    [[nodiscard]] Task<Result<Numbers>> tags_of(std::vector<PostId> posts);
    /// Counts their uses, and makes the index say so.
    [[nodiscard]] Task<Result<void>> count(Numbers tags);
    [[nodiscard]] Task<Result<void>> fill_on();
    /// Counts these soon, unless they have been in this fill.
    void note_filled(Numbers tags);
    [[nodiscard]] Task<Result<void>> fill_from_posts();
    [[nodiscard]] Task<Result<void>> fill_from_names();
    /// Those whose turn it is; one after the other has its turn once a day.
    [[nodiscard]] Numbers due();

    const TagIndexerConfig config_;
    social::Environment environment_;
    ports::Partitions& partitions_;
    social::Posts& posts_;
    TagNumbers& numbers_;
    names::NameIndex& index_;
    std::atomic<bool> is_filling_{false};

    std::mutex mutex_;
    // Under mutex_:
    bool fill_wanted_ = true;
    std::set<std::uint64_t> to_count_;

    // Of work() alone:
    std::string fill_from_;  ///< sort key in kPublicPosts
    std::size_t filled_posts_ = 0;
    bool is_through_posts_ = false;
    std::optional<std::string> last_name_;                  ///< in kTagPosts
    boost::unordered_flat_set<std::uint64_t> filled_tags_;  ///< each is counted once in a fill
    std::uint64_t last_turn_ = 0;
    UnixMs last_turn_at_ms_ = 0;
    names::BackgroundMerge merge_;
};

}  // namespace rookery::discover
