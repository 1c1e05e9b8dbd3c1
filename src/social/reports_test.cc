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

TEST(Report, KeepsWhatModeratorsDid) {
    Report report = example();
    const std::string untouched = encode(report);
    report.assigned_to = AccountId(4);
    report.changed_at_ms = 64;
    const std::string bytes = encode(report);
    EXPECT_EQ(
        hex_encode(bytes),
        hex_encode(untouched) +
            "00000000000000040000000000000000"
            "008001"
    );
    EXPECT_EQ(*decode_report(bytes), report);
    for (std::size_t size = untouched.size() + 1; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_report(bytes.substr(0, size))) << size;
    }
}

TEST(Reports, AreResolvedReopenedAndAssigned) {
    kit::ManualClock clock;
    kit::MemoryStore store(clock);
    IdGenerator ids(clock, 1, 7);
    BlockingPool pool(1);
    const Reports reports({store, clock, ids, pool});
    const AccountId moderator(9);
    std::vector<RelationId> filed;
    for (int i = 0; i < 5; ++i) {
        filed.push_back(kit::run(reports.file(example()))->id);
    }
    clock.advance_ms(7);
    const Report resolved = *kit::run(reports.resolve(filed[1], moderator));
    EXPECT_EQ(resolved.resolved_by, moderator);
    EXPECT_EQ(resolved.resolved_at_ms, clock.now_ms());
    EXPECT_EQ(kit::run(reports.assign(filed[1], moderator))->assigned_to, moderator);
    EXPECT_EQ(kit::run(reports.find(filed[1]))->resolved_by, moderator);
    const auto count = [&](PageRequest page, ReportQuery query) {
        return kit::run(reports.list(page, query))->size();
    };
    EXPECT_EQ(count({}, {.resolved = true}), 1U);
    EXPECT_EQ(count({}, {.resolved = false}), 4U);
    EXPECT_EQ(count({.limit = 3}, {.resolved = false}), 3U);
    EXPECT_EQ(count({.since_id = filed[1].value}, {.resolved = true}), 0U);
    EXPECT_EQ(count({.min_id = filed[0].value, .limit = 2}, {.resolved = false}), 2U);
    EXPECT_EQ(count({}, {.reporter = AccountId(2), .target = AccountId(3)}), 5U);
    EXPECT_EQ(count({}, {.target = AccountId(2)}), 0U);
    EXPECT_EQ(kit::run(reports.reopen(filed[1]))->resolved_at_ms, 0);
    EXPECT_EQ(count({}, {.resolved = false}), 5U);
    EXPECT_EQ(kit::run(reports.assign(filed[1], AccountId{}))->assigned_to, AccountId{});
    EXPECT_EQ(kit::run(reports.find(RelationId(1))).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(
        kit::run(reports.resolve(RelationId(1), moderator)).error().code, ErrorCode::kNotFound
    );
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
