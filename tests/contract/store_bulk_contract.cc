#include "contract/store_contract.h"
#include "ports/bulk_load.h"

#include <thread>

namespace rookery::contract {

namespace {

using ports::Batch;
using ports::Counters;
using ports::KeyView;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

std::string padded(int number) {
    return fmt::format("{:08}", number);
}

std::unique_ptr<ports::BulkLoad> begin(ports::Store& store, std::vector<ports::Table> empty = {}) {
    return kit::run(store.begin_bulk_load(std::move(empty))).value();
}

/// One closed run of rows p / 00000000 … of a table.
void write_run(ports::BulkLoad& load, ports::Table table, const std::string& partition, int rows) {
    const auto writer = load.writer().value();
    for (int i = 0; i < rows; ++i) {
        ASSERT_TRUE(writer->put({table, partition, padded(i)}, "v"));
    }
    ASSERT_TRUE(writer->close());
}

}  // namespace

TEST_P(StoreContract, LoadsRunsOfSortedRowsByManyThreads) {
    constexpr int kRows = 5000;
    put(key("p7", padded(3)), "replaced");
    {
        const auto load = begin(store());
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&load, t] {
                write_run(*load, kTable, "p" + std::to_string(6 + t % 2), t < 2 ? kRows : 0);
                write_run(*load, kOtherTable, "q" + std::to_string(t), kRows);
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        EXPECT_THAT(scan({kOtherTable, "q0"}), IsEmpty()) << "nothing is seen before the end";
        ASSERT_TRUE(kit::run(load->finish()));
    }
    reopen();
    for (const char* partition : {"q0", "q1", "q2", "q3"}) {
        EXPECT_EQ(scan({kOtherTable, partition, "", "", false, 9999}).size(), kRows);
    }
    EXPECT_EQ(scan({kTable, "p6", "", "", false, 9999}).size(), kRows);
    EXPECT_THAT(get(key("p7", padded(3))), Optional(std::string("v")));
    EXPECT_THAT(scan({kTable, "p7", padded(4998)}), ElementsAre("00004998=v", "00004999=v"));
    EXPECT_THAT(events(), IsEmpty());
}

TEST_P(StoreContract, AddsLoadedCountersToThoseThatAreThere) {
    Batch before;
    before.add(key("a"), Counters{1, 2, 3, 4});
    ASSERT_TRUE(commit(std::move(before)));
    {
        const auto load = begin(store());
        const auto writer = load->writer().value();
        ASSERT_TRUE(writer->add({kTable, "a", ""}, Counters{10, 0, 0, -4}));
        ASSERT_TRUE(writer->add({kTable, "b", ""}, Counters{0, 0, 7, 0}));
        ASSERT_TRUE(writer->close());
        ASSERT_TRUE(kit::run(load->finish()));
    }
    Batch after;
    after.add(key("b"), Counters{0, 0, 1, 0});
    ASSERT_TRUE(commit(std::move(after)));
    reopen();
    EXPECT_EQ(counters(key("a")), (Counters{11, 2, 3, 0}));
    EXPECT_EQ(counters(key("b")), (Counters{0, 0, 8, 0}));
}

TEST_P(StoreContract, DropsABulkLoadThatIsNotFinishedAndARunThatIsNotClosed) {
    {
        const auto load = begin(store());
        write_run(*load, kTable, "p", 10);
    }
    EXPECT_THAT(scan({kTable, "p"}), IsEmpty());
    {
        const auto load = begin(store());
        const auto writer = load->writer().value();
        ASSERT_TRUE(writer->put({kTable, "open", ""}, "v"));
        write_run(*load, kTable, "q", 10);
        ASSERT_TRUE(kit::run(load->finish()));
    }
    EXPECT_EQ(scan({kTable, "q"}).size(), 10U);
    EXPECT_EQ(get(key("open")), std::nullopt);
}

TEST_P(StoreContract, RefusesABulkLoadWhereRowsAreThatMustNotBe) {
    put(key("p"), "v");
    const auto refused = kit::run(store().begin_bulk_load({kOtherTable, kTable}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
    const auto load = begin(store(), {kOtherTable});
    EXPECT_EQ(kit::run(store().begin_bulk_load({})).error().code, ErrorCode::kUnavailable);
}

TEST_P(StoreContract, RefusesRowsOfABulkLoadThatDoNotRise) {
    const auto load = begin(store());
    const auto writer = load->writer().value();
    ASSERT_TRUE(writer->put({kTable, "b", "1"}, "v"));
    EXPECT_EQ(writer->put({kTable, "b", "1"}, "v").error().code, ErrorCode::kInvalid);
    EXPECT_EQ(writer->add({kTable, "a", "2"}, {}).error().code, ErrorCode::kInvalid);
    ASSERT_TRUE(writer->put({kTable, "aa", ""}, "v")) << "longer partitions come behind";
    EXPECT_EQ(
        writer->put({kTable, std::string(256, 'x'), ""}, "v").error().code, ErrorCode::kInvalid
    );
    EXPECT_EQ(writer->put({ports::Table{0}, "zzz", ""}, "v").error().code, ErrorCode::kInvalid);
}

TEST_P(StoreContract, RefusesRunsOfABulkLoadThatOverlap) {
    const auto load = begin(store());
    write_run(*load, kTable, "p", 10);
    const auto writer = load->writer().value();
    ASSERT_TRUE(writer->put({kTable, "p", padded(5) + "x"}, "v"));
    ASSERT_TRUE(writer->close());
    EXPECT_EQ(kit::run(load->finish()).error().code, ErrorCode::kInvalid);
    EXPECT_THAT(scan({kTable, "p"}), IsEmpty());
}

}  // namespace rookery::contract
