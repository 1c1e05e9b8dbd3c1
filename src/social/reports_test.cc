#include "social/reports.h"

#include "base/encoding.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

Report example() {
    Report report;
    report.id = RelationId(1);
    report.reporter = AccountId(2);
    report.target = AccountId(3);
    report.category = "spam";
    report.comment = "hi";
    return report;
}

TEST(Report, IsStoredAsDocumented) {
    const std::string bytes = encode(example());
    EXPECT_EQ(
        hex_encode(bytes),
        "01000000000000000100000000000000020000000000000003"
        "047370616d02686900"
        "00"
    );
    EXPECT_EQ(*decode_report(bytes), example());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_report(bytes.substr(0, size))) << size;
    }
}

TEST(Reports, AreListedNewestFirst) {
    kit::ManualClock clock;
    kit::MemoryStore store(clock);
    IdGenerator ids(clock, 1, 7);
    BlockingPool pool(1);
    const Reports reports({store, clock, ids, pool});
    Report report = example();
    report.posts = {PostId(5)};
    report.rule_ids = {"1", "2"};
    const Report first = *kit::run(reports.file(report));
    const Report second = *kit::run(reports.file(report));
    EXPECT_EQ(*kit::run(reports.list({})), (std::vector<Report>{second, first}));
    PageRequest newer;
    newer.min_id = first.id.value;
    EXPECT_EQ(*kit::run(reports.list(newer)), (std::vector<Report>{second}));
}

}  // namespace
}  // namespace rookery::social
