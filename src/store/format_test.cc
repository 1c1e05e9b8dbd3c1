#include "store/format.h"

#include "kit/rocks_stores.h"
#include "store/database.h"
#include "store/key_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace rookery::store {
namespace {

using kit::RocksStores;
using testing::HasSubstr;

TEST_F(RocksStores, MigrateAnOlderFormatStepByStepAndRefuseANewerOne) {
    put(**open(), "old");
    const std::vector<FormatMigration> migrations{
        {1,
         "copy old to newer",
         [](Database& database, rocksdb::WriteBatch& last) -> Result<void> {
             last.Put(database.rows(), encode_key(key("newer")), "from 1");
             return {};
         }},
        {2,
         "copy newer to newest",
         [](Database& database, rocksdb::WriteBatch& last) -> Result<void> {
             std::string value;
             const auto status = database.db().Get(
                 rocksdb::ReadOptions(), database.rows(), encode_key(key("newer")), &value
             );
             last.Put(database.rows(), encode_key(key("newest")), value + " and 2");
             return to_result(status, "reading");
         }},
    };
    {
        const auto migrated = open(migrations);
        ASSERT_TRUE(migrated) << migrated.error().detail;
        EXPECT_EQ(kit::run((*migrated)->get(key("newest"))).value(), "from 1 and 2");
        EXPECT_TRUE(has(**migrated, "old"));
    }
    {
        const auto again = open(migrations);
        ASSERT_TRUE(again) << "a current format is opened as it is";
    }
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
    EXPECT_THAT(refused.error().message, HasSubstr("has format 3"));
    EXPECT_THAT(refused.error().message, HasSubstr("newer version of Rookery"));
}

TEST_F(RocksStores, StayAtTheOldFormatWhenAMigrationFails) {
    put(**open(), "old");
    bool broken = true;
    const std::vector<FormatMigration> migrations{
        {1,
         "fail once",
         [&](Database& database, rocksdb::WriteBatch& last) -> Result<void> {
             last.Put(database.rows(), encode_key(key("new")), "");
             if (broken) {
                 return fail(ErrorCode::kInternal, "interrupted");
             }
             return {};
         }},
    };
    EXPECT_FALSE(open(migrations));
    {
        const auto old = open();
        ASSERT_TRUE(old);
        EXPECT_FALSE(has(**old, "new"));
    }
    broken = false;
    const auto store = open(migrations);
    ASSERT_TRUE(store);
    EXPECT_TRUE(has(**store, "new"));
}

}  // namespace
}  // namespace rookery::store
