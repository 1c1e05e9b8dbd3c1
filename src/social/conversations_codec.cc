#include "base/codec.h"
#include "social/conversations.h"

namespace rookery::social {

namespace {
constexpr std::uint8_t kFormat = 1;
}

std::string encode(const Conversation& conversation) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.fixed64(conversation.root.value);
    writer.fixed64(conversation.last_post.value);
    writer.byte(conversation.unread ? 1 : 0);
    writer.varint(conversation.others.size());
    for (const AccountId other : conversation.others) {
        writer.varint(other.value);
    }
    return out;
}

Result<Conversation> decode_conversation(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    Conversation conversation;
    conversation.root = PostId(reader.fixed64());
    conversation.last_post = PostId(reader.fixed64());
    const std::uint8_t unread = reader.byte();
    conversation.unread = unread == 1;
    conversation.others.resize(reader.count());
    for (AccountId& other : conversation.others) {
        other = AccountId(reader.varint());
    }
    if (format != kFormat || unread > 1 || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored data does not parse", "conversation");
    }
    return conversation;
}

}  // namespace rookery::social
