#pragma once

#include "base/result.h"
#include "limits/rule.h"

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// What a route does, as far as limits are concerned. A route is of one class.
enum class RateClass : std::uint8_t {
    kGeneral,
    kPosting,
    kDeleting,
    kMedia,
    kSearch,
    kStreaming,
    kFollowing,
    kReporting,
    kSignUp,
    kApps,
    /// No route but an attempt to sign in, whatever the route by which it comes.
    kSignIn,
};

/// The requests that a policy is about: some classes, or whole kinds.
enum class RateGroup : std::uint8_t {
    kAll,
    kReads,   ///< GET and HEAD
    kWrites,  ///< all others
    kPosts,
    kDeletions,
    kMedia,
    kSearch,
    kStreaming,
    kFollows,
    kReports,
    kSignUps,
    kApps,
    kSignIns,
};
inline constexpr std::size_t kRateGroups = 13;
using RateGroups = std::bitset<kRateGroups>;

/// Whom or what a policy counts; several together count each combination.
enum class RateKey : std::uint8_t {
    kAccount,  ///< whoever is signed in, with whatever token; or else the address
    kToken,    ///< one sign-in of somebody; or else the address
    kAddress,  ///< of IPv6 the /64 network, which is what one customer commonly has
    kTarget,   ///< the account, post … that the address of the route names; whose name is tried
};
inline constexpr std::size_t kRateKeys = 4;
using RateKeys = std::bitset<kRateKeys>;

/// "all", "reads", "posts" …, in the order of RateGroup; "account", "token" …, of RateKey.
[[nodiscard]] std::span<const std::string_view> rate_group_names();
[[nodiscard]] std::span<const std::string_view> rate_key_names();
/// kInvalid names what is unknown and lists what there is.
[[nodiscard]] Result<RateGroups> rate_groups_of(std::span<const std::string> names);
[[nodiscard]] Result<RateKeys> rate_keys_of(std::span<const std::string> names);
[[nodiscard]] std::vector<std::string> names_of(RateGroups groups);
[[nodiscard]] std::vector<std::string> names_of(RateKeys keys);

/// A rule, and which requests it is about.
struct RatePolicy {
    limits::Rule rule;
    RateGroups groups;
    RateKeys per;  ///< none: all together

    /// True if a request of the class falls under it.
    [[nodiscard]] bool covers(RateClass rate, bool writes) const;
};

/// What fits a public server. `with_store`: each rule has the reach that suits it, not kLocal.
[[nodiscard]] std::vector<RatePolicy> default_rate_policies(bool with_store = false);

}  // namespace rookery::api::mastodon
