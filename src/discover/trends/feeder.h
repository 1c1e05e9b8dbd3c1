#pragma once

#include "base/task.h"
#include "discover/trends/ledger.h"
#include "events/consumer.h"
#include "ports/partitions.h"
#include "ports/store.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/posts.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::trends {

/// Tells the ledger what people do: as it happens, from events, and what they did before, from the
/// rows that are there. Both may tell it the same, so a fill can begin at any time.
///
/// A consumer in memory: it begins with what is committed after it was added, and the fill of the
/// start reads everything older.
class Feeder final : public events::Consumer {
public:
    /// All outlive it.
    Feeder(
        const TrendLimits& limits,
        social::Environment environment,
        ports::Partitions& partitions,
        social::Posts& posts,
        Ledger& ledger
    )
        : limits_(limits),
          environment_(std::move(environment)),
          partitions_(partitions),
          posts_(posts),
          ledger_(ledger) {}

    [[nodiscard]] std::string_view name() const override { return "discover.trends"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

    /// From here on fill_on() reads the public posts of the days that count, newest first, with
    /// their boosts and favourites, at most TrendLimits::fill_posts_max; then, account by account,
    /// what was boosted and favourited in these days of older posts, of at most
    /// TrendLimits::fill_accounts_max.
    void begin_fill() { fill_wanted_ = true; }
    /// One step of it; false if there is nothing to do. One coroutine at a time, beside handle().
    [[nodiscard]] Task<Result<bool>> fill_on();

private:
    enum class Stage : std::uint8_t { kPosts, kBoostsOfOlder, kFavouritesOfOlder, kEnded };
    struct Fill {
        Stage stage = Stage::kPosts;
        std::string from;  ///< sort key in kPublicPosts
        std::size_t posts = 0;
        std::optional<std::string> last_account;  ///< in the table of the stage
        std::size_t accounts = 0;
    };

    /// Steps of the fill, and whether its stage has ended.
    [[nodiscard]] Task<Result<bool>> fill_from_posts(UnixMs oldest_ms);
    [[nodiscard]] Task<Result<bool>> fill_from_accounts(UnixMs oldest_ms);
    /// What these accounts boosted, or favourited, of posts from before `oldest`.
    [[nodiscard]] Task<Result<void>>
    note_boosts_of_older(std::vector<std::vector<ports::Row>> rows, PostId oldest);
    [[nodiscard]] Task<Result<void>> note_favourites_of_older(
        std::vector<std::string> accounts,
        std::vector<std::vector<ports::Row>> rows,
        PostId oldest
    );
    [[nodiscard]] Task<Result<void>> note_reactions(std::vector<social::PostPtr> posts);
    [[nodiscard]] Task<Result<void>>
    note_boosts(social::PostPtr original, std::vector<PostId> boosts);

    const TrendLimits limits_;
    social::Environment environment_;
    ports::Partitions& partitions_;
    social::Posts& posts_;
    Ledger& ledger_;
    std::atomic<bool> fill_wanted_{false};
    std::optional<Fill> fill_;  ///< of fill_on() alone
};

}  // namespace rookery::discover::trends
