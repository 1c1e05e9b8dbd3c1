#pragma once

#include "base/result.h"
#include "limits/limit.h"
#include "limits/quota.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rookery::limits {

/// The algorithms, each defined in the header of its name.
enum class Algorithm : std::uint8_t {
    kTokenBucket,
    kLeakingMeter,
    kLeakingQueue,
    kGcra,
    kFixedWindow,
    kSlidingLog,
    kSlidingCounter,
    kSubwindowCounter,
};

/// "token-bucket", "fixed-window": as configuration files have them.
[[nodiscard]] std::string_view name_of(Algorithm algorithm);
[[nodiscard]] std::optional<Algorithm> algorithm_of(std::string_view name);
/// All names, in the order of the algorithms.
[[nodiscard]] std::span<const std::string_view> algorithm_names();
/// True of those that look at Quota::burst.
[[nodiscard]] bool has_burst(Algorithm algorithm);

/// Where the keys of a rule are counted.
enum class Reach : std::uint8_t {
    kLocal,   ///< by each process for itself
    kShared,  ///< in the shared store, each request for itself: exact, whatever the race
    kLeased,  ///< in the shared store, many requests at once (limits/shared/)
};
/// What becomes of a request when the shared store cannot be asked.
enum class WhenLost : std::uint8_t {
    kAllow,
    kRefuse,
    kLocal,  ///< each process decides for itself until the store is back
};

/// "local", "shared", "leased".
[[nodiscard]] std::string_view name_of(Reach reach);
[[nodiscard]] std::optional<Reach> reach_of(std::string_view name);
/// "allow", "refuse", "local".
[[nodiscard]] std::string_view name_of(WhenLost when_lost);
[[nodiscard]] std::optional<WhenLost> when_lost_of(std::string_view name);

/// So much, counted in such a way, for each key.
struct Rule {
    std::string name;  ///< of one rule in a rulebook; in header fields, metrics and logs
    Algorithm algorithm = Algorithm::kFixedWindow;
    Quota quota;
    std::size_t keys_max = 65'536;  ///< in memory (limits/limit_table.h)
    bool allow_uncounted = true;    ///< as LimitTableConfig has it
    bool shadow = false;            ///< on trial: it decides and counts, and never refuses
    Reach reach = Reach::kLocal;
    WhenLost when_lost = WhenLost::kLocal;
    std::uint64_t lease = 0;    ///< units that a process takes at once, at most; for kLeased
    Nanos lease_for = kSecond;  ///< how long it may use them

    bool operator==(const Rule&) const = default;
};

/// The most that may come at once: the burst, or the amount.
[[nodiscard]] std::uint64_t capacity(const Rule& rule);

/// Names all that gives the states of the rule's keys their meaning: of two rules that say the
/// same, one may take over the states of the other (limits/state_file.h).
[[nodiscard]] std::string state_name(const Rule& rule);

/// A table for the keys of the rule. kInvalid names the rule and what is impossible about it.
[[nodiscard]] Result<std::unique_ptr<Limit>> make_limit(const Rule& rule);

}  // namespace rookery::limits
