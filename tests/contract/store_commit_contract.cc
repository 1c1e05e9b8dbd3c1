#include "contract/store_contract.h"

namespace rookery::contract {

using ports::Batch;
using ports::Counters;
using testing::ElementsAre;
using testing::Optional;

TEST_P(StoreContract, ReadsBackWhatWasCommitted) {
    put(key("p", "s"), "value");
    EXPECT_THAT(get(key("p", "s")), Optional(std::string("value")));
    EXPECT_EQ(get(key("p", "t")), std::nullopt);
    EXPECT_EQ(get({kOtherTable, "p", "s"}), std::nullopt);
}

TEST_P(StoreContract, KeepsAnyBytesInKeysAndValues) {
    const std::string bytes("\x00\xff\x01\x00", 4);
    put(key(bytes, bytes), bytes);
    put(key("", ""), "");
    EXPECT_THAT(get(key(bytes, bytes)), Optional(bytes));
    EXPECT_THAT(get(key("", "")), Optional(std::string()));
}

TEST_P(StoreContract, AnswersManyKeysInTheirOrder) {
    put(key("a"), "1");
    put(key("c"), "3");
    const auto found = kit::run(store().multi_get({key("c"), key("b"), key("a"), key("c")}));
    EXPECT_THAT(
        found.value(),
        ElementsAre(
            Optional(std::string("3")),
            std::nullopt,
            Optional(std::string("1")),
            Optional(std::string("3"))
        )
    );
    EXPECT_TRUE(kit::run(store().multi_get({})).value().empty());
}

TEST_P(StoreContract, AppliesOperationsOnOneKeyInTheirOrder) {
    Batch batch;
    batch.put(key("p"), "first");
    batch.erase(key("p"));
    batch.put(key("p"), "last");
    batch.put(key("q"), "gone");
    batch.erase(key("q"));
    ASSERT_TRUE(commit(std::move(batch)));
    EXPECT_THAT(get(key("p")), Optional(std::string("last")));
    EXPECT_EQ(get(key("q")), std::nullopt);
}

TEST_P(StoreContract, AddsCountersAndStartsFromZero) {
    Batch first;
    first.add(key("n"), Counters{1, -2, 0, 1'000'000'000'000});
    first.add(key("n"), Counters{1, 0, 0, 0});
    ASSERT_TRUE(commit(std::move(first)));
    Batch second;
    second.add(key("n"), Counters{-5, 2, 0, 1});
    ASSERT_TRUE(commit(std::move(second)));
    EXPECT_EQ(counters(key("n")), (Counters{-3, 0, 0, 1'000'000'000'001}));
    EXPECT_EQ(get(key("never added to")), std::nullopt);

    Batch third;
    third.erase(key("n"));
    third.add(key("n"), Counters{7, 0, 0, 0});
    ASSERT_TRUE(commit(std::move(third)));
    EXPECT_EQ(counters(key("n")), (Counters{7, 0, 0, 0}));
}

TEST_P(StoreContract, DoesNothingAtAllWhenAPreconditionFails) {
    put(key("taken"), "by another");
    Batch batch;
    batch.expect_absent(key("free"));
    batch.expect_absent(key("taken"));
    batch.put(key("free"), "mine");
    batch.add(key("n"), Counters{1, 0, 0, 0});
    batch.emit({1, "never happened"});
    const auto outcome = commit(std::move(batch));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kConflict);
    EXPECT_EQ(get(key("free")), std::nullopt);
    EXPECT_EQ(get(key("n")), std::nullopt);
    EXPECT_TRUE(events().empty());
}

TEST_P(StoreContract, TestsEachKindOfPrecondition) {
    put(key("p"), "value");
    const auto holds = [this](auto expect) {
        Batch batch;
        expect(batch);
        return commit(std::move(batch)).has_value();
    };
    EXPECT_TRUE(holds([](Batch& b) { b.expect_present(key("p")); }));
    EXPECT_TRUE(holds([](Batch& b) { b.expect_absent(key("q")); }));
    EXPECT_TRUE(holds([](Batch& b) { b.expect_equals(key("p"), "value"); }));
    EXPECT_FALSE(holds([](Batch& b) { b.expect_absent(key("p")); }));
    EXPECT_FALSE(holds([](Batch& b) { b.expect_present(key("q")); }));
    EXPECT_FALSE(holds([](Batch& b) { b.expect_equals(key("p"), "valu"); }));
    EXPECT_FALSE(holds([](Batch& b) { b.expect_equals(key("q"), ""); }));
}

TEST_P(StoreContract, TestsPreconditionsBeforeTheBatchItself) {
    Batch batch;
    batch.put(key("p"), "mine");
    batch.expect_absent(key("p"));
    EXPECT_TRUE(commit(std::move(batch)));
    EXPECT_THAT(get(key("p")), Optional(std::string("mine")));
}

TEST_P(StoreContract, RefusesAPartitionThatIsTooLong) {
    put(key(std::string(255, 'p')), "fits");
    EXPECT_THAT(get(key(std::string(255, 'p'))), Optional(std::string("fits")));
    Batch batch;
    batch.put(key("other"), "not done either");
    batch.put(key(std::string(256, 'p')), "does not");
    const auto outcome = commit(std::move(batch));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(get(key("other")), std::nullopt);
}

TEST_P(StoreContract, FindsEverythingAgainAfterReopening) {
    Batch batch;
    batch.put(key("p", "s"), "value");
    batch.add(key("n"), Counters{3, 0, 0, 0});
    batch.emit({7, "payload"});
    ASSERT_TRUE(commit(std::move(batch)));
    reopen();
    EXPECT_THAT(get(key("p", "s")), Optional(std::string("value")));
    EXPECT_EQ(counters(key("n")), (Counters{3, 0, 0, 0}));
    ASSERT_EQ(events().size(), 1U);
    EXPECT_EQ(events()[0].event, (ports::Event{7, "payload"}));
    EXPECT_EQ(store().horizon(), events()[0].id);
}

TEST_P(StoreContract, LoadsRowsWithoutEvents) {
    Batch batch;
    for (int i = 0; i < 1000; ++i) {
        batch.put(key("bulk", std::to_string(i)), "v");
        batch.add(key("n"), Counters{1, 0, 0, 0});
    }
    batch.put(key("progress"), "1000");
    ASSERT_TRUE(kit::run(store().load(std::move(batch))));
    ASSERT_TRUE(kit::run(store().flush()));
    reopen();
    EXPECT_EQ(scan({kTable, "bulk", "", "", false, 2000}).size(), 1000U);
    EXPECT_EQ(counters(key("n"))[0], 1000);
    EXPECT_THAT(get(key("progress")), Optional(std::string("1000")));
    EXPECT_TRUE(events().empty());
}

TEST_P(StoreContract, RefusesALoadWithPreconditionsOrEvents) {
    Batch checked;
    checked.expect_absent(key("p"));
    EXPECT_EQ(kit::run(store().load(std::move(checked))).error().code, ErrorCode::kInvalid);
    Batch emitting;
    emitting.emit({1, ""});
    EXPECT_EQ(kit::run(store().load(std::move(emitting))).error().code, ErrorCode::kInvalid);
}

}  // namespace rookery::contract
