#include "api/mastodon/rate_policy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace rookery::api::mastodon {

namespace {

constexpr std::array<std::string_view, kRateGroups> kGroupNames{
    "all",
    "reads",
    "writes",
    "posts",
    "deletions",
    "media",
    "search",
    "streaming",
    "follows",
    "reports",
    "sign-ups",
    "apps",
    "sign-ins",
};
constexpr std::array<std::string_view, kRateKeys> kKeyNames{
    "account",
    "token",
    "address",
    "target"
};

constexpr limits::Nanos kMinute = 60 * limits::kSecond;
constexpr limits::Nanos kHour = 60 * kMinute;

template <std::size_t kCount>
Result<std::bitset<kCount>>
bits_of(const std::array<std::string_view, kCount>& known, std::span<const std::string> names) {
    std::bitset<kCount> bits;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(known, name);
        if (found == known.end()) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("\"{}\" is none of {}", name, fmt::join(known, ", "))
            );
        }
        bits.set(static_cast<std::size_t>(std::distance(known.begin(), found)));
    }
    return bits;
}

template <std::size_t kCount>
std::vector<std::string>
names_in(const std::array<std::string_view, kCount>& known, std::bitset<kCount> bits) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kCount; ++i) {
        if (bits.test(i)) {
            names.emplace_back(known.at(i));
        }
    }
    return names;
}

RateGroups groups(RateGroup group) {
    return RateGroups().set(static_cast<std::size_t>(group));
}

RateKeys per(RateKey key) {
    return RateKeys().set(static_cast<std::size_t>(key));
}

/// So many in each window.
limits::Rule
windows(std::string name, std::uint64_t amount, limits::Nanos period, limits::Reach reach) {
    limits::Rule rule;
    rule.name = std::move(name);
    rule.algorithm = limits::Algorithm::kFixedWindow;
    rule.quota = {.amount = amount, .period = period, .burst = amount};
    rule.reach = reach;
    return rule;
}

/// So many on an average, `burst` of them at once.
limits::Rule paced(
    std::string name,
    std::uint64_t amount,
    limits::Nanos period,
    std::uint64_t burst,
    limits::Reach reach
) {
    limits::Rule rule = windows(std::move(name), amount, period, reach);
    rule.algorithm = limits::Algorithm::kGcra;
    rule.quota.burst = burst;
    return rule;
}

RateGroup group_of(RateClass rate) {
    switch (rate) {
        case RateClass::kPosting:
            return RateGroup::kPosts;
        case RateClass::kDeleting:
            return RateGroup::kDeletions;
        case RateClass::kMedia:
            return RateGroup::kMedia;
        case RateClass::kSearch:
            return RateGroup::kSearch;
        case RateClass::kStreaming:
            return RateGroup::kStreaming;
        case RateClass::kFollowing:
            return RateGroup::kFollows;
        case RateClass::kReporting:
            return RateGroup::kReports;
        case RateClass::kSignUp:
            return RateGroup::kSignUps;
        case RateClass::kApps:
            return RateGroup::kApps;
        case RateClass::kSignIn:
            return RateGroup::kSignIns;
        case RateClass::kGeneral:
            break;
    }
    return RateGroup::kAll;
}

}  // namespace

std::span<const std::string_view> rate_group_names() {
    return kGroupNames;
}

std::span<const std::string_view> rate_key_names() {
    return kKeyNames;
}

Result<RateGroups> rate_groups_of(std::span<const std::string> names) {
    return bits_of(kGroupNames, names);
}

Result<RateKeys> rate_keys_of(std::span<const std::string> names) {
    return bits_of(kKeyNames, names);
}

std::vector<std::string> names_of(RateGroups groups) {
    return names_in(kGroupNames, groups);
}

std::vector<std::string> names_of(RateKeys keys) {
    return names_in(kKeyNames, keys);
}

bool RatePolicy::covers(RateClass rate, bool writes) const {
    const auto has = [this](RateGroup group) {
        return groups.test(static_cast<std::size_t>(group));
    };
    if (rate == RateClass::kSignIn) {
        return has(RateGroup::kSignIns);
    }
    return has(RateGroup::kAll) || has(writes ? RateGroup::kWrites : RateGroup::kReads) ||
           has(group_of(rate));
}

// Where it has them the numbers are Mastodon's (config/initializers/rack_attack.rb and
// app/lib/rate_limiter.rb), which clients expect.
std::vector<RatePolicy> default_rate_policies(bool with_store) {
    const auto leased = with_store ? limits::Reach::kLeased : limits::Reach::kLocal;
    const auto shared = with_store ? limits::Reach::kShared : limits::Reach::kLocal;
    const auto by_account = per(RateKey::kAccount);
    const auto by_address = per(RateKey::kAddress);
    return {
        {windows("requests", 300, 5 * kMinute, leased),
         groups(RateGroup::kAll),
         per(RateKey::kToken)},
        {windows("requests-by-account", 1'500, 5 * kMinute, leased),
         groups(RateGroup::kAll),
         by_account},
        {windows("posts", 300, 3 * kHour, shared), groups(RateGroup::kPosts), by_account},
        {paced("posts-at-once", 60, kMinute, 30, shared), groups(RateGroup::kPosts), by_account},
        {windows("deletions", 30, 30 * kMinute, shared), groups(RateGroup::kDeletions), by_account},
        {windows("media", 30, 30 * kMinute, shared), groups(RateGroup::kMedia), by_account},
        {paced("search", 120, kMinute, 60, leased), groups(RateGroup::kSearch), by_account},
        {paced("streaming", 60, 5 * kMinute, 30, shared), groups(RateGroup::kStreaming), by_account
        },
        {windows("follows", 400, 24 * kHour, shared), groups(RateGroup::kFollows), by_account},
        {windows("reports", 400, 24 * kHour, shared), groups(RateGroup::kReports), by_account},
        {windows("sign-ups", 25, 30 * kMinute, shared), groups(RateGroup::kSignUps), by_address},
        {windows("apps", 25, 30 * kMinute, shared), groups(RateGroup::kApps), by_address},
        {windows("sign-ins", 10, 5 * kMinute, shared),
         groups(RateGroup::kSignIns),
         per(RateKey::kTarget)},
        {windows("sign-ins-by-address", 40, 5 * kMinute, shared),
         groups(RateGroup::kSignIns),
         by_address},
    };
}

}  // namespace rookery::api::mastodon
