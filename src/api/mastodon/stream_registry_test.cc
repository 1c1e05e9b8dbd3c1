#include "api/mastodon/stream_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::api::mastodon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr AccountId kReader{1};
constexpr AccountId kOther{2};
constexpr AccountId kAuthor{10};
const StreamTopic kHome{StreamKind::kUser, {}};
const StreamTopic kBirds{StreamKind::kHashtag, "birds"};

Stream& add(StreamRegistry& registry, StreamId id, AccountId account) {
    auto session = std::make_shared<social::Session>();
    session->account = account;
    Stream stream;
    stream.id = id;
    stream.session = session;
    return registry.add(std::move(stream));
}

TEST(StreamRegistry, FindsReadersByAuthor) {
    StreamRegistry registry;
    registry.subscribe(add(registry, 1, kReader), kHome);
    registry.subscribe(add(registry, 2, kOther), kHome);
    registry.set_following(kReader, {kAuthor});
    registry.set_following(kOther, {kAuthor, kReader});
    EXPECT_THAT(registry.readers_of(kAuthor), UnorderedElementsAre(kReader, kOther));
    EXPECT_THAT(registry.readers_of(kReader), UnorderedElementsAre(kReader, kOther));
    registry.unfollow(kOther, kAuthor);
    registry.unfollow(kOther, kAuthor);
    EXPECT_THAT(registry.readers_of(kAuthor), ElementsAre(kReader));
    registry.follow(kOther, kAuthor);
    registry.follow(kOther, kAuthor);
    EXPECT_EQ(registry.readers_of(kAuthor).size(), 2U);
}

TEST(StreamRegistry, FindsReadersByHashtagEachOnce) {
    StreamRegistry registry;
    registry.set_tags(kReader, {"birds"});
    EXPECT_THAT(registry.readers_of(kAuthor, {"birds"}), IsEmpty()) << "no open home stream";
    registry.subscribe(add(registry, 1, kReader), kHome);
    registry.subscribe(add(registry, 2, kOther), kHome);
    registry.set_following(kReader, {kAuthor}, {"birds", "bees"});
    registry.set_following(kOther, {}, {"bees"});
    EXPECT_THAT(registry.readers_of(kAuthor, {"birds", "bees"}), ElementsAre(kReader, kOther));
    EXPECT_THAT(registry.readers_of(AccountId(99), {"birds"}), ElementsAre(kReader));
    EXPECT_THAT(registry.readers_of_author_or_any_tag(kAuthor), ElementsAre(kReader, kOther));
    registry.set_tags(kReader, {"trees"});
    EXPECT_THAT(registry.readers_of(AccountId(99), {"birds", "bees"}), ElementsAre(kOther));
    registry.remove(2);
    EXPECT_THAT(registry.readers_of(AccountId(99), {"bees", "trees"}), ElementsAre(kReader));
    registry.set_tags(kReader, {});
    EXPECT_THAT(registry.readers_of_author_or_any_tag(AccountId(99)), IsEmpty());
}

TEST(StreamRegistry, KeepsNothingOfARemovedStream) {
    StreamRegistry registry;
    Stream& stream = add(registry, 1, kReader);
    registry.subscribe(stream, kHome);
    registry.subscribe(stream, kBirds);
    registry.set_following(kReader, {kAuthor});
    registry.remove(1);
    registry.remove(1);
    EXPECT_THAT(registry.readers_of(kAuthor), IsEmpty());
    EXPECT_THAT(registry.readers_of(kReader), IsEmpty());
    EXPECT_THAT(registry.with_topic(kBirds), IsEmpty());
    EXPECT_THAT(registry.of_account(kReader), IsEmpty());
    EXPECT_EQ(registry.size(), 0U);
}

TEST(StreamRegistry, KeepsAReaderWhileOneHomeStreamIsOpen) {
    StreamRegistry registry;
    registry.subscribe(add(registry, 1, kReader), kHome);
    registry.subscribe(add(registry, 2, kReader), kHome);
    registry.set_following(kReader, {kAuthor});
    registry.remove(1);
    EXPECT_THAT(registry.readers_of(kAuthor), ElementsAre(kReader));
    registry.unsubscribe(*registry.find(2), kHome);
    EXPECT_THAT(registry.readers_of(kAuthor), IsEmpty());
    EXPECT_EQ(registry.size(), 1U);
}

TEST(StreamRegistry, SubscribesToATopicOnce) {
    StreamRegistry registry;
    Stream& stream = add(registry, 1, kReader);
    registry.subscribe(stream, kBirds);
    registry.subscribe(stream, kBirds);
    EXPECT_EQ(registry.with_topic(kBirds).size(), 1U);
    EXPECT_THAT(registry.topics_of_kind(StreamKind::kHashtag), ElementsAre(kBirds));
    registry.unsubscribe(stream, kBirds);
    EXPECT_THAT(registry.with_topic(kBirds), IsEmpty());
}

}  // namespace
}  // namespace rookery::api::mastodon
