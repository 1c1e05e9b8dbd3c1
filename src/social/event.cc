#include "social/event.h"

#include "base/codec.h"

namespace rookery::social {

ports::Event encode(const SocialEvent& event) {
    ports::Event out{static_cast<std::uint16_t>(event.type), {}};
    ByteWriter writer(out.payload);
    writer.varint(event.actor.value);
    writer.varint(event.target.value);
    writer.varint(event.post.value);
    writer.varint(event.subject.value);
    writer.varint(event.ref);
    if (event.thread || event.is_direct) {
        writer.varint(event.thread.value);
    }
    if (event.is_direct) {
        writer.byte(1);
    }
    return out;
}

Result<SocialEvent> decode(const ports::Event& event) {
    ByteReader reader(event.payload);
    SocialEvent out;
    out.type = static_cast<EventType>(event.type);
    out.actor = AccountId(reader.varint());
    out.target = AccountId(reader.varint());
    out.post = PostId(reader.varint());
    out.subject = PostId(reader.varint());
    out.ref = reader.varint();
    if (!reader.complete()) {
        out.thread = PostId(reader.varint());
    }
    if (!reader.complete()) {
        out.is_direct = reader.byte() == 1;
    }
    if (!reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored event does not parse");
    }
    return out;
}

Result<SocialEvent> decode(const ports::StoredEvent& stored) {
    TRY(SocialEvent event, decode(stored.event));
    event.id = stored.id;
    return event;
}

}  // namespace rookery::social
