#include "base/random.h"
#include "ports/store.h"
#include "store/key_codec.h"
#include "store/outbox_codec.h"

#include <gtest/gtest.h>

#include <tuple>

namespace rookery::store {
namespace {

using ports::Key;
using ports::Table;

std::string bytes(std::initializer_list<int> values) {
    std::string made;
    for (const int value : values) {
        made.push_back(static_cast<char>(value));
    }
    return made;
}

TEST(KeyCodec, HasTheBytesOfTheDocument) {
    const Key key{Table{11}, bytes({0, 0, 0, 0, 0, 0, 0, 42}), bytes({0xff, 0xfe})};
    EXPECT_EQ(encode_key(key), bytes({11, 8, 0, 0, 0, 0, 0, 0, 0, 42, 0xff, 0xfe}));
    EXPECT_EQ(encode_key({Table{25}, "", "x"}), bytes({25, 0, 'x'}));
    EXPECT_EQ(partition_prefix(Table{26}, "birds"), bytes({26, 5, 'b', 'i', 'r', 'd', 's'}));
}

TEST(KeyCodec, KeepsTheOrderOfSortKeysInAPartition) {
    Random random(1);
    const auto some = [&] {
        std::string made;
        for (std::uint64_t size = random.below(5); size > 0; --size) {
            made.push_back(static_cast<char>(random.below(3) * 127));
        }
        return made;
    };
    for (int i = 0; i < 10'000; ++i) {
        const Key a{Table{static_cast<std::uint8_t>(1 + random.below(2))}, some(), some()};
        const Key b{a.table, random.chance(0.5) ? a.partition : some(), some()};
        EXPECT_EQ(decode_key(encode_key(a)).value(), a);
        EXPECT_EQ(encode_key(a) == encode_key(b), a == b);
        if (a.partition == b.partition) {
            EXPECT_EQ(encode_key(a) < encode_key(b), a.sort < b.sort);
        }
        const KeyBounds bounds = key_bounds({b.table, b.partition, "", "", false, 1});
        const bool inside = encode_key(a) >= bounds.from && encode_key(a) < bounds.until;
        EXPECT_EQ(inside, a.partition == b.partition);
    }
}

TEST(KeyCodec, RefusesKeysThatAreTooShort) {
    EXPECT_FALSE(decode_key(""));
    EXPECT_FALSE(decode_key(bytes({1})));
    EXPECT_FALSE(decode_key(bytes({1, 2, 'x'})));
    EXPECT_TRUE(decode_key(bytes({1, 2, 'x', 'y'})));
}

TEST(KeyCodec, FindsTheSuccessorOfAPrefix) {
    EXPECT_EQ(prefix_successor("ab"), "ac");
    EXPECT_EQ(prefix_successor(bytes({1, 0xff, 0xff})), bytes({2}));
    EXPECT_EQ(prefix_successor(bytes({0xff})), "");
}

TEST(OutboxCodec, HasTheBytesOfTheDocument) {
    const std::string key = encode_event_key(258);
    EXPECT_EQ(key, bytes({0, 0, 0, 0, 0, 0, 1, 2}));
    const std::string value = encode_event(1'767'225'600'000, {14, "hi"});
    EXPECT_EQ(value, bytes({0x80, 0xd0, 0xea, 0xb6, 0xb7, 0x33, 14, 'h', 'i'}));
    const auto event = decode_event(key, value);
    ASSERT_TRUE(event);
    EXPECT_EQ(*event, (ports::StoredEvent{258, 1'767'225'600'000, {14, "hi"}}));
}

TEST(OutboxCodec, RefusesWhatItDoesNotMake) {
    const std::string key = encode_event_key(1);
    EXPECT_FALSE(decode_event(key, ""));
    EXPECT_FALSE(decode_event(key, bytes({0x80})));
    EXPECT_FALSE(decode_event(key, bytes({1})));
    EXPECT_FALSE(decode_event(key, bytes({1, 0xff, 0xff, 0xff, 1})));
    EXPECT_FALSE(decode_event("1234567", bytes({1, 1})));
    EXPECT_FALSE(decode_event(encode_event_key(0), bytes({1, 1})));
    EXPECT_TRUE(decode_event(key, bytes({1, 1})));
}

TEST(Counters, HaveTheBytesOfTheDocument) {
    const std::string made = ports::encode_counters({1, -1, 0, 256});
    std::string expected(32, '\0');
    expected[7] = 1;
    expected.replace(8, 8, std::string(8, '\xff'));
    expected[30] = 1;
    EXPECT_EQ(made, expected);
    EXPECT_FALSE(ports::decode_counters(made.substr(1)));
    EXPECT_FALSE(ports::decode_counters(made + "x"));
}

}  // namespace
}  // namespace rookery::store
