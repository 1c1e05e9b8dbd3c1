#include "social/event.h"

#include <gtest/gtest.h>

#include <string>

namespace rookery::social {
namespace {

TEST(SocialEvent, IsReadAsItWasWritten) {
    SocialEvent event{
        EventType::kPostCreated, AccountId(1), AccountId(2), PostId(300), PostId(4), 5
    };
    for (const PostId thread : {PostId(), PostId(6)}) {
        for (const bool is_direct : {false, true}) {
            event.thread = thread;
            event.is_direct = is_direct;
            EXPECT_EQ(*decode(encode(event)), event);
        }
    }
}

TEST(SocialEvent, IsWrittenAsDocumented) {
    SocialEvent event{
        .type = EventType::kPostCreated, .actor = AccountId(300), .post = PostId(258)
    };
    EXPECT_EQ(encode(event).payload, std::string("\xac\x02\0\x82\x02\0\0", 7));
    event.thread = event.post;
    EXPECT_EQ(encode(event).payload, std::string("\xac\x02\0\x82\x02\0\0\x82\x02", 9));
    event.is_direct = true;
    EXPECT_EQ(encode(event).payload, std::string("\xac\x02\0\x82\x02\0\0\x82\x02\x01", 10));
}

TEST(SocialEvent, HasTheStoresNumberOnceItIsStored) {
    const SocialEvent event{.type = EventType::kFollowed, .actor = AccountId(1)};
    const SocialEvent stored = *decode(ports::StoredEvent{77, 0, encode(event)});
    EXPECT_EQ(stored.id, 77U);
    EXPECT_EQ(stored.actor, AccountId(1));
    EXPECT_EQ(encode(stored), encode(event)) << "it is no part of the payload";
}

TEST(SocialEvent, WithBytesLeftOverIsCorrupt) {
    SocialEvent event{.type = EventType::kPostCreated, .actor = AccountId(1)};
    event.is_direct = true;
    ports::Event bytes = encode(event);
    bytes.payload += '\1';
    EXPECT_EQ(decode(bytes).error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace rookery::social
