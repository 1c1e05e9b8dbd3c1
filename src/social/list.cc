#include "base/codec.h"
#include "social/lists.h"
#include "social/tables.h"

#include <algorithm>
#include <array>

namespace rookery::social {

namespace {

constexpr std::array<std::string_view, 3> kPolicies{"followed", "list", "none"};
constexpr std::uint8_t kVersion = 1;

}  // namespace

std::string_view to_string(RepliesPolicy policy) {
    return kPolicies.at(static_cast<std::size_t>(policy));
}

std::optional<RepliesPolicy> parse_replies_policy(std::string_view text) {
    for (std::size_t i = 0; i < kPolicies.size(); ++i) {
        if (kPolicies.at(i) == text) {
            return static_cast<RepliesPolicy>(i);
        }
    }
    return std::nullopt;
}

std::string encode(const List& list) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kVersion);
    writer.string(list.title);
    writer.byte(static_cast<std::uint8_t>(list.replies));
    if (list.exclusive) {  // a row without the byte, as older programs wrote it, is not exclusive
        writer.byte(1);
    }
    return out;
}

Result<List> decode_list(ListId id, std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t version = reader.byte();
    List list;
    list.id = id;
    list.title = reader.string();
    const std::uint8_t replies = reader.byte();
    list.exclusive = reader.ok() && !reader.at_end();
    const bool parses = !list.exclusive || reader.byte() == 1;
    if (!parses || !reader.complete() || version != kVersion || replies >= kPolicies.size()) {
        return fail(ErrorCode::kCorrupt, "stored list does not parse");
    }
    list.replies = static_cast<RepliesPolicy>(replies);
    return list;
}

bool is_member(const Viewer& owner, AccountId member, std::string_view row) {
    if (member == owner.id) {
        return true;
    }
    const FollowEdge* follow = owner.follow_of(member);
    // Older programs wrote nothing here: such a row counts with any follow.
    return follow != nullptr && (row.empty() || tables::parse_id_bytes(row) == follow->id.value);
}

bool ListFeed::has(AccountId account) const {
    return std::ranges::binary_search(members, account);
}

}  // namespace rookery::social
