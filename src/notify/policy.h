#pragma once

#include "base/result.h"
#include "notify/notification.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::notify {

/// What becomes of a notification, from mild to strict. Numbers are part of the stored format.
enum class Verdict : std::uint8_t {
    kAccept = 0,
    kFilter = 1,  ///< held back until the receiver accepts the sender
    kDrop = 2,    ///< never made
};

/// "accept", "filter", "drop", as on the wire.
[[nodiscard]] std::string_view to_string(Verdict verdict);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view text);

/// From whom somebody wants to hear at once. The defaults are Mastodon's.
struct Policy {
    Verdict for_not_following = Verdict::kAccept;
    Verdict for_not_followers = Verdict::kAccept;
    Verdict for_new_accounts = Verdict::kAccept;
    Verdict for_private_mentions = Verdict::kFilter;
    Verdict for_limited_accounts = Verdict::kFilter;  ///< kept; nobody can be limited here yet

    bool operator==(const Policy&) const = default;
};

[[nodiscard]] std::string encode(const Policy& policy);
/// kCorrupt if the bytes are not what encode() makes; never throws.
[[nodiscard]] Result<Policy> decode_policy(std::string_view bytes);

/// What the policy asks of a sender.
struct SenderFacts {
    bool is_followed = false;          ///< by the receiver
    bool is_settled_follower = false;  ///< follows the receiver since kNewFollowerMs or longer
    bool is_new_account = false;       ///< made within kNewAccountMs
    /// A private mention that answers none of the receiver's own.
    bool is_unasked_private_mention = false;
};
inline constexpr UnixMs kNewAccountMs = 30LL * 24 * 3'600'000;
inline constexpr UnixMs kNewFollowerMs = 3LL * 24 * 3'600'000;

/// The strictest of what applies.
[[nodiscard]] Verdict judge(const Policy& policy, const SenderFacts& sender);

/// False for what the receiver asked to be told of: no policy touches it.
[[nodiscard]] bool can_be_held_back(NotificationType type);

}  // namespace rookery::notify
