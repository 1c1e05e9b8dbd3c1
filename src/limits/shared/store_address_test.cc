#include "limits/shared/store_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::limits {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(StoreAddress, ReadsAHostWithAllItsParts) {
    const auto address = parse_store_address("redis://me:p%40ss%2Fword@store.example:7000/3");
    ASSERT_TRUE(address) << address.error().message;
    EXPECT_EQ(address->user, "me");
    EXPECT_EQ(address->password, "p@ss/word");
    EXPECT_EQ(address->host, "store.example");
    EXPECT_EQ(address->port, 7000);
    EXPECT_EQ(address->database, 3);
    EXPECT_EQ(address->name(), "store.example:7000/3");
}

TEST(StoreAddress, ReadsAHostAlone) {
    const auto address = parse_store_address("redis://localhost");
    ASSERT_TRUE(address) << address.error().message;
    EXPECT_EQ(address->host, "localhost");
    EXPECT_EQ(address->port, 6379);
    EXPECT_EQ(address->database, 0);
    EXPECT_EQ(address->password, "");
}

TEST(StoreAddress, ReadsAPasswordWithoutAUser) {
    const auto address = parse_store_address("redis://:secret@[::1]:7000/");
    ASSERT_TRUE(address) << address.error().message;
    EXPECT_EQ(address->user, "");
    EXPECT_EQ(address->password, "secret");
    EXPECT_EQ(address->host, "::1");
    EXPECT_EQ(address->port, 7000);
}

TEST(StoreAddress, ReadsASocket) {
    const auto address = parse_store_address("unix://:secret@/run/redis/redis.sock?db=2");
    ASSERT_TRUE(address) << address.error().message;
    EXPECT_EQ(address->host, "");
    EXPECT_EQ(address->path, "/run/redis/redis.sock");
    EXPECT_EQ(address->password, "secret");
    EXPECT_EQ(address->database, 2);
    EXPECT_EQ(address->name(), "/run/redis/redis.sock");
}

TEST(StoreAddress, SaysWhatIsWrong) {
    const auto error = [](std::string_view url) {
        const auto address = parse_store_address(url);
        return address ? std::string("nothing") : address.error().message;
    };
    EXPECT_THAT(error("localhost:6379"), HasSubstr("begins with something else"));
    EXPECT_THAT(error("rediss://localhost"), HasSubstr("TLS"));
    EXPECT_THAT(error("redis://"), HasSubstr("names no host"));
    EXPECT_THAT(error("redis://host:port"), HasSubstr("port"));
    EXPECT_THAT(error("redis://host:0"), HasSubstr("port"));
    EXPECT_THAT(error("redis://host:65536"), HasSubstr("port"));
    EXPECT_THAT(error("redis://host/name"), HasSubstr("database"));
    EXPECT_THAT(error("redis://[::1"), HasSubstr("]"));
    EXPECT_THAT(error("redis://me@host"), HasSubstr("without a password"));
    EXPECT_THAT(error("unix://run/redis.sock"), HasSubstr("from the root"));
    EXPECT_THAT(error("unix:///run/redis.sock?database=1"), HasSubstr("database"));
    EXPECT_THAT(error("redis://me:secret@host:port"), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace rookery::limits
