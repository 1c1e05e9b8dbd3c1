#include "contract/store_contract.h"

namespace rookery::contract {

using testing::ElementsAre;
using testing::IsEmpty;

namespace {

ports::Range all_of(std::string partition) {
    return {kTable, std::move(partition), "", "", false, 1000};
}

}  // namespace

TEST_P(StoreContract, ScansAPartitionInOrderBothWays) {
    for (const char* sort : {"b", "d", "a", "c"}) {
        put(key("p", sort), "v");
    }
    ports::Range range = all_of("p");
    EXPECT_THAT(scan(range), ElementsAre("a=v", "b=v", "c=v", "d=v"));
    range.descending = true;
    EXPECT_THAT(scan(range), ElementsAre("d=v", "c=v", "b=v", "a=v"));
}

TEST_P(StoreContract, LimitsAScanFromTheEndItBeginsAt) {
    for (const char* sort : {"a", "b", "c", "d"}) {
        put(key("p", sort), "v");
    }
    ports::Range range = all_of("p");
    range.limit = 2;
    EXPECT_THAT(scan(range), ElementsAre("a=v", "b=v"));
    range.descending = true;
    EXPECT_THAT(scan(range), ElementsAre("d=v", "c=v"));
    range.limit = 0;
    EXPECT_THAT(scan(range), IsEmpty());
}

TEST_P(StoreContract, BoundsAScanFromInclusiveUntilExclusive) {
    for (const char* sort : {"a", "b", "bb", "c", "d"}) {
        put(key("p", sort), "v");
    }
    for (const bool descending : {false, true}) {
        ports::Range range{kTable, "p", "b", "d", descending, 1000};
        auto found = scan(range);
        if (descending) {
            std::ranges::reverse(found);
        }
        EXPECT_THAT(found, ElementsAre("b=v", "bb=v", "c=v"));
        range.until = "b";
        EXPECT_THAT(scan(range), IsEmpty());
        range.until = "a";
        EXPECT_THAT(scan(range), IsEmpty());
        EXPECT_THAT(scan({kTable, "p", "x", "", descending, 10}), IsEmpty());
    }
}

TEST_P(StoreContract, NamesEveryPartitionOfATableOnce) {
    const std::string last_of_its_length(255, '\xFF');
    const std::vector<std::string> all{
        "", "a", "b", "ba", "bb", std::string("b\0", 2), "\xFF", "\xFF\xFF", last_of_its_length
    };
    EXPECT_THAT(partitions(kTable, std::nullopt, 10), IsEmpty());
    for (const std::string& name : all) {
        for (int row = 0; row < 300; ++row) {
            put(key(name, std::to_string(row)), "v");
        }
    }
    for (const int other : {0, 2}) {
        put({ports::Table{static_cast<std::uint8_t>(other)}, "other", ""}, "v");
    }
    EXPECT_THAT(partitions(kTable, std::nullopt, 100), testing::UnorderedElementsAreArray(all));
    EXPECT_THAT(partitions(kTable, std::nullopt, 0), IsEmpty());
    for (const std::size_t step : {1U, 2U, 4U}) {
        std::vector<std::string> found;
        for (std::optional<std::string> after;;) {
            const auto names = partitions(kTable, after, step);
            ASSERT_LE(names.size(), step);
            if (names.empty()) {
                break;
            }
            found.insert(found.end(), names.begin(), names.end());
            after = names.back();
        }
        EXPECT_THAT(found, testing::UnorderedElementsAreArray(all)) << step;
    }
}

TEST_P(StoreContract, NamesPartitionsBehindOneThatIsGone) {
    for (const char* name : {"a", "b", "c"}) {
        put(key(name, "x"), "v");
    }
    const auto names = partitions(kTable, std::nullopt, 3);
    ports::Batch batch;
    batch.erase(key(names[1], "x"));
    ASSERT_TRUE(commit(std::move(batch)).has_value());
    EXPECT_THAT(partitions(kTable, names[1], 3), ElementsAre(names[2]));
    EXPECT_THAT(partitions(kTable, std::nullopt, 3), ElementsAre(names[0], names[2]));
}

TEST_P(StoreContract, ScansManyRangesAsItScansEach) {
    for (const char* partition : {"a", "b", "bb", "d"}) {
        for (const char* sort : {"1", "2", "3"}) {
            put(key(partition, sort), partition);
        }
    }
    std::vector<ports::Range> ranges;
    for (const char* partition : {"d", "a", "missing", "b", "bb", "a"}) {
        for (const bool descending : {false, true}) {
            ranges.push_back({kTable, partition, "", "", descending, 2});
            ranges.push_back({kTable, partition, "2", "3", descending, 10});
            ranges.push_back({kTable, partition, "2", "", descending, 10});
            ranges.push_back({kTable, partition, "3", "1", descending, 10});
            ranges.push_back({kTable, partition, "", "", descending, 0});
        }
    }
    const auto answers = kit::run(store().scan_many(ranges));
    ASSERT_TRUE(answers);
    ASSERT_EQ(answers->size(), ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        EXPECT_EQ((*answers)[i], *kit::run(store().scan(ranges[i]))) << i;
    }
    EXPECT_TRUE(kit::run(store().scan_many({}))->empty());
}

TEST_P(StoreContract, ScansNothingOfOtherPartitionsOrTables) {
    put(key("a", "bc"), "1");
    put(key("ab", "c"), "2");
    put(key("abc", ""), "3");
    put(key("", "abc"), "4");
    put({kOtherTable, "ab", "x"}, "5");
    for (const bool descending : {false, true}) {
        const auto only = [&](std::string partition) {
            ports::Range range = all_of(std::move(partition));
            range.descending = descending;
            return scan(range);
        };
        EXPECT_THAT(only("a"), ElementsAre("bc=1"));
        EXPECT_THAT(only("ab"), ElementsAre("c=2"));
        EXPECT_THAT(only("abc"), ElementsAre("=3"));
        EXPECT_THAT(only(""), ElementsAre("abc=4"));
        EXPECT_THAT(only("b"), IsEmpty());
    }
}

TEST_P(StoreContract, ComparesKeysAsUnsignedBytes) {
    put(key("p", "\x7f"), "1");
    put(key("p", "\xff"), "2");
    put(key("p", std::string(1, '\0')), "3");
    put(key("p", ""), "4");
    put(key("p", "\xff\xff"), "5");
    EXPECT_THAT(
        scan(all_of("p")),
        ElementsAre("=4", std::string(1, '\0') + "=3", "\x7f=1", "\xff=2", "\xff\xff=5")
    );
    put(key("\xff\xff", "\xff"), "end");
    ports::Range range = all_of("\xff\xff");
    range.descending = true;
    EXPECT_THAT(scan(range), ElementsAre("\xff=end"));
}

TEST_P(StoreContract, ScansSkipErasedRowsAndAddUpCounters) {
    put(key("p", "a"), "v");
    put(key("p", "b"), "v");
    ports::Batch batch;
    batch.erase(key("p", "a"));
    batch.add(key("p", "c"), {1, 2, 3, 4});
    ASSERT_TRUE(commit(std::move(batch)));
    const auto rows = kit::run(store().scan(all_of("p"))).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].sort, "b");
    EXPECT_EQ(ports::decode_counters(rows[1].value).value(), (ports::Counters{1, 2, 3, 4}));
}

}  // namespace rookery::contract
