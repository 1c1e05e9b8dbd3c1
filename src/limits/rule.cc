#include "limits/rule.h"

#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/limit_table.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace rookery::limits {

namespace {

constexpr std::array<std::string_view, 8> kAlgorithms{
    "token-bucket",
    "leaking-meter",
    "leaking-queue",
    "gcra",
    "fixed-window",
    "sliding-log",
    "sliding-counter",
    "subwindow-counter",
};
constexpr std::array<std::string_view, 3> kReaches{"local", "shared", "leased"};
constexpr std::array<std::string_view, 3> kWhenLost{"allow", "refuse", "local"};

template <class Value, std::size_t kCount>
std::optional<Value>
find(const std::array<std::string_view, kCount>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Value>(std::distance(names.begin(), found));
}

template <class Kind>
Result<std::unique_ptr<Limit>> make_table(const Rule& rule) {
    auto algorithm = Kind::make(rule.quota);
    if (!algorithm) {
        return fail(
            ErrorCode::kInvalid, fmt::format("{}: {}", rule.name, algorithm.error().message)
        );
    }
    return std::unique_ptr<Limit>(std::make_unique<LimitTable<Kind>>(
        *algorithm,
        LimitTableConfig{.keys_max = rule.keys_max, .allow_uncounted = rule.allow_uncounted}
    ));
}

}  // namespace

std::string_view name_of(Algorithm algorithm) {
    return kAlgorithms.at(static_cast<std::size_t>(algorithm));
}

std::optional<Algorithm> algorithm_of(std::string_view name) {
    return find<Algorithm>(kAlgorithms, name);
}

std::span<const std::string_view> algorithm_names() {
    return kAlgorithms;
}

bool has_burst(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::kTokenBucket:
        case Algorithm::kLeakingMeter:
        case Algorithm::kLeakingQueue:
        case Algorithm::kGcra:
            return true;
        case Algorithm::kFixedWindow:
        case Algorithm::kSlidingLog:
        case Algorithm::kSlidingCounter:
        case Algorithm::kSubwindowCounter:
            break;
    }
    return false;
}

std::string_view name_of(Reach reach) {
    return kReaches.at(static_cast<std::size_t>(reach));
}

std::optional<Reach> reach_of(std::string_view name) {
    return find<Reach>(kReaches, name);
}

std::string_view name_of(WhenLost when_lost) {
    return kWhenLost.at(static_cast<std::size_t>(when_lost));
}

std::optional<WhenLost> when_lost_of(std::string_view name) {
    return find<WhenLost>(kWhenLost, name);
}

std::uint64_t capacity(const Rule& rule) {
    return has_burst(rule.algorithm) ? rule.quota.burst : rule.quota.amount;
}

std::string state_name(const Rule& rule) {
    std::string name =
        fmt::format("{}:{}:{}", rule.name, name_of(rule.algorithm), rule.quota.period);
    if (has_burst(rule.algorithm)) {
        // What a bucket holds is counted in parts that depend on the rate.
        name += fmt::format(":{}", rule.quota.amount);
    }
    return name;
}

Result<std::unique_ptr<Limit>> make_limit(const Rule& rule) {
    switch (rule.algorithm) {
        case Algorithm::kTokenBucket:
            return make_table<TokenBucket>(rule);
        case Algorithm::kLeakingMeter:
            return make_table<LeakingMeter>(rule);
        case Algorithm::kLeakingQueue:
            return make_table<LeakingQueue>(rule);
        case Algorithm::kGcra:
            return make_table<Gcra>(rule);
        case Algorithm::kFixedWindow:
            return make_table<FixedWindow>(rule);
        case Algorithm::kSlidingLog:
            return make_table<SlidingLog>(rule);
        case Algorithm::kSlidingCounter:
            return make_table<SlidingCounter>(rule);
        case Algorithm::kSubwindowCounter:
            return make_table<SubwindowCounter>(rule);
    }
    return fail(ErrorCode::kInvalid, rule.name + ": no such algorithm");
}

}  // namespace rookery::limits
