#pragma once

#include "base/result.h"
#include "feed/home_feed.h"
#include "policy/trace.h"
#include "sim/feed_world.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::policy {

/// Who keeps an inbox: the readers seen last, as the server does it, or everybody from the start,
/// as networks do that store a feed per account.
enum class Inboxed : std::uint8_t { kActive, kEverybody };

struct Contender {
    std::string name;
    sim::FeedWorld::MakePolicy make_policy;
    Inboxed inboxed = Inboxed::kActive;
};

struct ReplayOptions {
    std::int64_t threshold_followers = 500;
    double push_cost = 1;  ///< of demand-priced
    double pull_cost = 1;
    std::size_t inboxes_max = 0;  ///< of active readers; 0: a tenth of the accounts
    std::uint32_t policy_refresh_seconds = feed::HomeFeedConfig{}.policy_refresh_seconds;
    std::size_t push_at_once_max = feed::HomeFeedConfig{}.push_at_once_max;
    /// One page in so many is compared with what it must be.
    std::size_t check_every = 8;
};

[[nodiscard]] std::vector<Contender> contenders(const ReplayOptions& options);

/// Demand-priced with each of these costs of a push; a pull costs what the options say. From where
/// it pushes nearly nothing to where it pushes nearly all, that is what its price decides.
[[nodiscard]] std::vector<Contender>
priced_contenders(const std::vector<double>& push_costs, const ReplayOptions& options);

struct Cost {
    std::uint64_t count = 0;
    double cpu_seconds = 0;

    [[nodiscard]] double microseconds_each() const {
        return count == 0 ? 0 : cpu_seconds * 1e6 / static_cast<double>(count);
    }
};

/// Of the trace without its first quarter, in which rings, inboxes and rates settle. CPU is that of
/// the thread that serves, system calls included; all stores are in memory.
struct Figures {
    std::string name;
    Cost reads;
    Cost posts;                     ///< with their pushes
    Cost pushes_at_once;            ///< the part of posts that the home feed takes
    Cost follows;                   ///< follows and unfollows
    double background_seconds = 0;  ///< pushes after the answer
    feed::HomeFeed::Memory peak;    ///< at the moment when their sum was largest
    std::uint64_t deliveries = 0;
    std::uint64_t authors_merged = 0;
    std::uint64_t inbox_builds = 0;
    std::uint64_t store_reads = 0;
    std::uint64_t pages_checked = 0;
    std::uint64_t pages_late = 0;  ///< that lacked a post which had been acknowledged
    double late_ms_max = 0;        ///< the longest time until such a page had it
    std::uint64_t pages_hash = 0;  ///< over all pages, also of the first quarter; posts by number

    [[nodiscard]] double total_seconds() const {
        return reads.cpu_seconds + posts.cpu_seconds + follows.cpu_seconds + background_seconds;
    }
};

/// Runs a trace against the real home feed with a clock that the trace moves. kInternal if a page
/// stays wrong.
[[nodiscard]] Result<Figures>
replay(const Trace& trace, const Contender& contender, const ReplayOptions& options);

}  // namespace rookery::policy
