#include "store/check.h"

#include "kit/rocks_stores.h"
#include "store/database.h"
#include "store/outbox_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace rookery::store {
namespace {

using kit::RocksStores;
using ports::Key;
using testing::HasSubstr;

TEST_F(RocksStores, AreFoundSoundByACheck) {
    {
        const auto store = open();
        for (int i = 0; i < 10; ++i) {
            put(**store, std::to_string(i));
        }
        ASSERT_TRUE(kit::run((*store)->trim_events(3)));
    }
    CheckOptions options;
    std::vector<std::string> seen;
    options.check_row = [&](const Key& at, std::string_view value, const RowLookup& lookup
                        ) -> Result<void> {
        seen.push_back(at.partition);
        EXPECT_EQ(lookup(at), value);
        EXPECT_EQ(lookup(key("missing")), std::nullopt);
        return {};
    };
    const auto report = check(config_, options);
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_TRUE(report->healthy()) << report->problems[0];
    EXPECT_EQ(report->format_version, 1U);
    EXPECT_EQ(report->rows, 10U);
    EXPECT_EQ(report->events, 7U);
    EXPECT_EQ(report->first_event, 4U);
    EXPECT_EQ(report->last_event, 10U);
    EXPECT_EQ(seen.size(), 10U);
}

TEST_F(RocksStores, AreFoundDamagedByACheck) {
    {
        const auto store = open();
        for (int i = 0; i < 10; ++i) {
            put(**store, std::to_string(i));
        }
    }
    {
        const auto database = Database::open(config_).value();
        rocksdb::WriteBatch damage;
        damage.Put(database->rows(), std::string("\x01\x09short", 7), "");
        damage.Delete(database->outbox(), encode_event_key(5));
        damage.Put(database->outbox(), encode_event_key(7), "\xff");
        ASSERT_TRUE(database->db().Write(rocksdb::WriteOptions(), &damage).ok());
    }
    CheckOptions options;
    options.check_row = [](const Key& at, std::string_view, const RowLookup&) -> Result<void> {
        if (at.partition == "3") {
            return fail(ErrorCode::kCorrupt, "three is not allowed");
        }
        return {};
    };
    const auto report = check(config_, options);
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_THAT(
        report->problems,
        testing::UnorderedElementsAre(
            HasSubstr("does not parse"),
            HasSubstr("three is not allowed"),
            HasSubstr("event 6 follows where 5 should be"),
            HasSubstr("a stored event does not parse"),
            HasSubstr("event 8 follows where 7 should be")
        )
    );
}

TEST_F(RocksStores, AreNotCheckedWhereThereAreNone) {
    EXPECT_EQ(check(config_, {}).error().code, ErrorCode::kNotFound);
    EXPECT_FALSE(std::filesystem::exists(config_.directory));
}

}  // namespace
}  // namespace rookery::store
