#include "notify/policy.h"

#include "base/codec.h"

#include <algorithm>
#include <array>

namespace rookery::notify {

namespace {

constexpr std::array<std::string_view, 3> kNames{"accept", "filter", "drop"};
constexpr std::uint8_t kVersion = 1;
/// In the order of their bytes.
constexpr std::array kStored{
    &Policy::for_not_following,
    &Policy::for_not_followers,
    &Policy::for_new_accounts,
    &Policy::for_private_mentions,
    &Policy::for_limited_accounts,
};

}  // namespace

std::string_view to_string(Verdict verdict) {
    return kNames.at(static_cast<std::size_t>(verdict));
}

std::optional<Verdict> parse_verdict(std::string_view text) {
    const auto* const found = std::ranges::find(kNames, text);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return static_cast<Verdict>(found - kNames.begin());
}

std::string encode(const Policy& policy) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kVersion);
    for (const auto field : kStored) {
        writer.byte(static_cast<std::uint8_t>(policy.*field));
    }
    return out;
}

Result<Policy> decode_policy(std::string_view bytes) {
    ByteReader reader(bytes);
    bool is_known = reader.byte() == kVersion;
    Policy policy;
    for (const auto field : kStored) {
        const std::uint8_t number = reader.byte();
        is_known = is_known && number < kNames.size();
        policy.*field = static_cast<Verdict>(number);
    }
    if (!reader.complete() || !is_known) {
        return fail(ErrorCode::kCorrupt, "stored notification policy does not parse");
    }
    return policy;
}

Verdict judge(const Policy& policy, const SenderFacts& sender) {
    Verdict strictest = Verdict::kAccept;
    const auto apply = [&strictest](bool applies, Verdict verdict) {
        if (applies) {
            strictest = std::max(strictest, verdict);
        }
    };
    apply(!sender.is_followed, policy.for_not_following);
    apply(!sender.is_settled_follower, policy.for_not_followers);
    apply(sender.is_new_account, policy.for_new_accounts);
    apply(sender.is_unasked_private_mention && !sender.is_followed, policy.for_private_mentions);
    return strictest;
}

bool can_be_held_back(NotificationType type) {
    return type != NotificationType::kStatus && type != NotificationType::kUpdate;
}

}  // namespace rookery::notify
