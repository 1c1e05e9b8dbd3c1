#include "store/compact.h"

#include "kit/rocks_stores.h"
#include "store/database.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rookery::store {
namespace {

using kit::RocksStores;

std::string files_above_the_lowest_level(const Database& database) {
    std::string found;
    for (int level = 0; level < 6; ++level) {
        std::string count;
        const std::string property = "rocksdb.num-files-at-level" + std::to_string(level);
        EXPECT_TRUE(database.db().GetProperty(database.rows(), property, &count));
        if (count != "0") {
            found += std::to_string(level) + ":" + count + " ";
        }
    }
    return found;
}

TEST_F(RocksStores, ArePutInOrderByACompaction) {
    for (int time = 0; time < 3; ++time) {  // each closing writes a file
        const auto store = open();
        for (int i = 0; i < 20; ++i) {
            put(**store, std::to_string(i), std::to_string(time));
        }
    }
    EXPECT_NE(files_above_the_lowest_level(*Database::open(config_).value()), "");
    std::vector<std::uint64_t> parts;
    ASSERT_TRUE(compact(config_, [&](std::uint64_t done, std::uint64_t all) {
        EXPECT_LE(done, all);
        parts.push_back(done);
    }));
    ASSERT_FALSE(parts.empty());
    EXPECT_TRUE(std::ranges::is_sorted(parts));
    EXPECT_EQ(files_above_the_lowest_level(*Database::open(config_).value()), "");
    const auto store = open();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(*kit::run((*store)->get(key(std::to_string(i)))), "2");
    }
    EXPECT_EQ(compact(config_, nullptr).error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace rookery::store
