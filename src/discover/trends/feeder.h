#pragma once

#include "base/task.h"
#include "discover/trends/ledger.h"
#include "events/consumer.h"
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
        social::Posts& posts,
        Ledger& ledger
    )
        : limits_(limits), environment_(std::move(environment)), posts_(posts), ledger_(ledger) {}

    [[nodiscard]] std::string_view name() const override { return "discover.trends"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

    /// From here on fill_on() reads the public posts of the days that count, newest first, with
    /// their boosts and favourites; at most TrendLimits::fill_posts_max.
    void begin_fill() { fill_wanted_ = true; }
    /// One step of it; false if there is nothing to do. One coroutine at a time, beside handle().
    [[nodiscard]] Task<Result<bool>> fill_on();

private:
    struct Fill {
        std::string from;  ///< sort key in kPublicPosts
        std::size_t posts = 0;
    };

    [[nodiscard]] Task<Result<void>> note_reactions(std::vector<social::PostPtr> posts);
    [[nodiscard]] Task<Result<void>>
    note_boosts(social::PostPtr original, std::vector<PostId> boosts);

    const TrendLimits limits_;
    social::Environment environment_;
    social::Posts& posts_;
    Ledger& ledger_;
    std::atomic<bool> fill_wanted_{false};
    std::optional<Fill> fill_;  ///< of fill_on() alone
};

}  // namespace rookery::discover::trends
