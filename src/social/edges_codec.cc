#include "base/codec.h"
#include "social/follows.h"

#include <utility>

namespace rookery::social {

namespace {

constexpr std::uint8_t kFollowVersion = 1;
constexpr std::uint8_t kShowBoosts = 1;
constexpr std::uint8_t kNotify = 2;

constexpr std::uint8_t kMuteVersion = 1;
constexpr std::uint8_t kMuteNotifications = 1;

}  // namespace

std::string encode(const Follow& follow) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kFollowVersion);
    writer.fixed64(follow.id.value);
    writer.byte(static_cast<std::uint8_t>(
        (follow.show_boosts ? kShowBoosts : 0) | (follow.notify ? kNotify : 0)
    ));
    writer.varint(follow.languages.size());
    for (const std::string& language : follow.languages) {
        writer.string(language);
    }
    return bytes;
}

Result<Follow> decode_follow(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kFollowVersion;
    Follow follow;
    follow.id = RelationId(reader.fixed64());
    const std::uint8_t flags = reader.byte();
    follow.show_boosts = (flags & kShowBoosts) != 0;
    follow.notify = (flags & kNotify) != 0;
    follow.languages.resize(reader.count());
    for (std::string& language : follow.languages) {
        language = reader.string();
    }
    if (!is_known || !reader.complete() || flags > (kShowBoosts | kNotify)) {
        return fail(ErrorCode::kCorrupt, "stored follow does not parse");
    }
    return follow;
}

std::string encode(const Mute& mute) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kMuteVersion);
    writer.fixed64(mute.id.value);
    writer.byte(mute.notifications ? kMuteNotifications : 0);
    writer.signed_varint(mute.expires_at_ms);
    return bytes;
}

Result<Mute> decode_mute(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kMuteVersion;
    Mute mute;
    mute.id = RelationId(reader.fixed64());
    const std::uint8_t flags = reader.byte();
    mute.notifications = flags == kMuteNotifications;
    mute.expires_at_ms = reader.signed_varint();
    if (!is_known || !reader.complete() || flags > kMuteNotifications) {
        return fail(ErrorCode::kCorrupt, "stored mute does not parse");
    }
    return mute;
}

}  // namespace rookery::social
