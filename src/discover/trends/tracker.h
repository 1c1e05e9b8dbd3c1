#pragma once

#include "discover/trends/account_sample.h"
#include "discover/trends/score.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::discover::trends {

/// Days since 1970, in UTC.
using Day = std::int64_t;

[[nodiscard]] constexpr Day day_of(UnixMs at_ms) {
    return at_ms / kDayMs;
}

struct ItemDay {
    Day day = 0;
    std::uint32_t uses = 0;  ///< however often by whom
    AccountSample accounts;
};

/// A hashtag, a post or a link, and how it was used lately.
struct Item {
    std::uint64_t id = 0;
    std::string name;           ///< a tag as stored, a link; of a post nothing
    std::vector<ItemDay> days;  ///< newest first; only those with uses
    /// Log2 of the forward-decayed number of uses; decides who is forgotten.
    double warmth = -std::numeric_limits<double>::infinity();
};

struct TrackerLimits {
    std::size_t items_max = 10'000;
    /// Accounts known by name of each item, today and yesterday; of earlier days a quarter.
    std::size_t sample_accounts_max = 64;
    double half_life_ms = 4.0 * 3'600'000;
};

/// Counts the uses of things of one kind over the last seven days. Memory is bounded whatever
/// comes: the coldest items are forgotten when there are too many. As long as there are not, what
/// it knows is a function of the set of uses, in whatever order and however often they came; only
/// the number of an account's repeated uses in a day may be less. Not thread-safe.
class Tracker {
public:
    static constexpr Day kDaysKept = 7;

    explicit Tracker(TrackerLimits limits) : limits_(limits) {}

    /// The time is told, never asked for. What is too old is forgotten.
    void advance(UnixMs now_ms);
    /// `use.first_at_ms` is the time of the one use that this is; one of before the days that are
    /// kept is passed over.
    void add(std::uint64_t id, std::string_view name, const Use& use);

    /// Those that stand out by their numbers alone, by score and then by id: used by at least
    /// `accounts_min` accounts today and yesterday, at most `count`.
    [[nodiscard]] std::vector<std::uint64_t>
    standing_out(UnixMs now_ms, double accounts_min, std::size_t count) const;
    /// Null if it is not tracked. Valid until the next change.
    [[nodiscard]] const Item* find(std::uint64_t id) const;

    [[nodiscard]] std::size_t size() const { return items_.size(); }
    /// About what it takes in memory.
    [[nodiscard]] std::size_t bytes() const;

private:
    [[nodiscard]] std::size_t sample_max(Day day) const;
    void forget_coldest();

    const TrackerLimits limits_;
    Day today_ = 0;
    std::unordered_map<std::uint64_t, Item> items_;
};

/// Today or the day before: what is looked at one by one.
[[nodiscard]] constexpr bool is_recent(Day day, UnixMs now_ms) {
    return day + 1 >= day_of(now_ms);
}

/// All uses, each by what it stands for.
[[nodiscard]] std::vector<WeighedUse> weigh_evenly(const Item& item);

}  // namespace rookery::discover::trends
