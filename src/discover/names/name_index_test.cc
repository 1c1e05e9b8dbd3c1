#include "discover/names/name_index.h"

#include "base/random.h"
#include "discover/names/matching.h"
#include "discover/names/model_for_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace rookery::discover::names {
namespace {

using testing::ElementsAre;

std::vector<std::uint64_t> ids_of(const std::vector<NameHit>& hits) {
    std::vector<std::uint64_t> ids;
    for (const NameHit& hit : hits) {
        ids.push_back(hit.id);
    }
    return ids;
}

std::vector<std::uint64_t> found(const NameIndex& index, const std::string& typed) {
    return ids_of(index.find(parse_name_query(typed), {}, {}));
}

TEST(NameIndex, FindsNamesBeforeBiosAndWholeWordsBeforeBegunOnes) {
    NameIndex index;
    index.apply({
        {.id = 1, .handle = "carla", .bio = {"anna"}, .rank = 200},
        {.id = 2, .handle = "annabel", .rank = 100},
        {.id = 3, .handle = "berta", .names = {"anna"}, .rank = 1},
        {.id = 4, .handle = "dora", .bio = {"annals"}, .rank = 255},
        {.id = 5, .handle = "anne", .rank = 255},
    });
    EXPECT_THAT(found(index, "anna"), ElementsAre(3, 2, 1, 4, 5));
    EXPECT_THAT(found(index, "ann"), ElementsAre(5, 2, 3, 4, 1));
    EXPECT_THAT(found(index, "x"), ElementsAre());
    EXPECT_THAT(found(index, ""), ElementsAre());
}

TEST(NameIndex, ShowsNeighboursFirstAndTheHiddenByTheirHandlesOnly) {
    NameIndex index;
    index.apply({
        {.id = 1, .handle = "ada", .names = {"lovelace"}, .rank = 9},
        {.id = 2, .handle = "adam", .names = {"lovell"}, .hidden = true, .rank = 8},
        {.id = 3, .handle = "adele", .names = {"lovely"}, .rank = 7},
    });
    EXPECT_THAT(found(index, "ad"), ElementsAre(1, 2, 3));
    EXPECT_THAT(found(index, "love"), ElementsAre(1, 3));
    EXPECT_THAT(found(index, "adxm"), ElementsAre());
    const NameQuery query = parse_name_query("love");
    EXPECT_THAT(
        ids_of(index.find(query, {{3, {5, false}}, {2, {4, true}}}, {})), ElementsAre(3, 2, 1)
    );
    EXPECT_THAT(
        ids_of(index.find(query, {{3, {5, false}}}, {.only_neighbours = true})), ElementsAre(3)
    );
    EXPECT_THAT(ids_of(index.find(query, {{2, {5, false}}}, {.except = 1})), ElementsAre(3));
}

TEST(NameIndex, KeepsTheLatestOfEachEntry) {
    NameIndex index;
    for (std::uint64_t id = 1; id <= 500; ++id) {
        index.apply({{.id = id, .handle = "old" + std::to_string(id)}});
        index.apply({{.id = id, .handle = "new" + std::to_string(id), .rank = 3}});
        if (id % 5 == 0) {
            const std::vector<std::uint64_t> erased{id};
            index.apply({}, erased);
        }
        index.merge_some();
    }
    while (index.merge_some()) {
    }
    EXPECT_EQ(index.size().entries, 400U);
    EXPECT_LT(index.size().segments, 12U);
    EXPECT_THAT(found(index, "old7"), ElementsAre());
    EXPECT_THAT(found(index, "new499"), testing::Contains(499));
    EXPECT_EQ(index.rank(499), 3);
    EXPECT_EQ(index.rank(500), std::nullopt);
}

TEST(NameIndex, EndsWithWhatItHasFoundWhenItHasComparedEnough) {
    NameIndex index;
    std::vector<Entry> entries;
    for (std::uint64_t id = 1; id <= 1000; ++id) {
        entries.push_back({.id = id, .handle = "a" + std::to_string(id), .names = {"b"}});
    }
    entries.push_back({.id = 2000, .handle = "aa", .names = {"c"}});
    index.apply(entries);
    const NameQuery query = parse_name_query("a");
    EXPECT_EQ(index.find(query, {}, {.limit = 100, .steps_max = 10}).size(), 10U);
    EXPECT_EQ(index.find(query, {}, {.limit = 100}).size(), 100U);
    EXPECT_EQ(index.find(query, {{2000, {1, false}}}, {.limit = 100, .steps_max = 0}).size(), 1U);
}

/// Words alike enough to be mistaken for one another.
class NamesHistory {
public:
    explicit NamesHistory(std::uint64_t seed) : random_(seed) {}

    void change() {
        std::vector<Entry> entries;
        std::vector<std::uint64_t> erased;
        const std::size_t count = 1 + random_.below(20);
        std::vector<bool> named(kIds + 1);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t id = 1 + random_.below(kIds);
            if (named[id]) {
                continue;
            }
            named[id] = true;
            if (random_.chance(0.15)) {
                erased.push_back(id);
                model_.erase(id);
            } else {
                entries.push_back(entry(id));
                model_.put(entries.back());
            }
        }
        index_.apply(entries, erased);
        if (random_.chance(0.5)) {
            index_.merge_some();
        }
    }

    void compare() {
        NameQuery query;
        query.handles_only = random_.chance(0.1);
        const std::size_t words = 1 + random_.below(3);
        for (std::size_t i = 0; i < words; ++i) {
            query.words.push_back(query_word(word()));
        }
        Neighbours neighbours;
        for (std::size_t i = random_.below(20); i > 0; --i) {
            neighbours[1 + random_.below(kIds)] = {
                static_cast<std::uint8_t>(random_.below(4)), random_.chance(0.5)
            };
        }
        const std::size_t limit = 1 + random_.below(random_.chance(0.3) ? kIds : 10);
        const auto hits = index_.find(query, neighbours, {.limit = limit});
        const auto expected = model_.find(query, neighbours, limit);
        ASSERT_EQ(ids_of(hits), ids_of(expected)) << query.words.front().text;
        ASSERT_EQ(hits, expected);
        compare_matching(query, neighbours);
        seen_ += hits.size();
        mistyped_ += static_cast<std::size_t>(std::ranges::count_if(hits, [](const NameHit& hit) {
            return hit.tier > Tier::kBio;
        }));
    }

    /// What is judged without an index is judged alike.
    void compare_matching(const NameQuery& query, const Neighbours& neighbours) {
        std::set<std::uint64_t> found;
        for (const NameHit& hit : model_.find(query, neighbours, SIZE_MAX)) {
            found.insert(hit.id);
        }
        for (const auto& [id, entry] : model_.entries()) {
            const auto near = neighbours.find(id);
            const bool sees_hidden = near != neighbours.end() && near->second.sees_hidden;
            ASSERT_EQ(matches(query, entry, sees_hidden), found.contains(id)) << entry.handle;
        }
    }

    [[nodiscard]] std::size_t seen() const { return seen_; }
    [[nodiscard]] std::size_t mistyped() const { return mistyped_; }
    [[nodiscard]] std::size_t size() const { return model_.size(); }
    [[nodiscard]] std::size_t indexed() const { return index_.size().entries; }

private:
    static constexpr std::size_t kIds = 300;

    std::string word() {
        static const std::vector<std::string> letters{"a", "b", "n", "é", "ж", "東"};
        std::string made;
        const std::size_t count = 1 + random_.below(random_.chance(0.3) ? 12 : 5);
        for (std::size_t i = 0; i < count; ++i) {
            made += letters[random_.below(random_.chance(0.1) ? letters.size() : 3)];
        }
        return made;
    }

    Entry entry(std::uint64_t id) {
        Entry made{.id = id, .handle = word()};
        for (std::size_t i = random_.below(4); i > 0; --i) {
            made.names.push_back(word());
        }
        for (std::size_t i = random_.below(6); i > 0; --i) {
            made.bio.push_back(word());
        }
        made.hidden = random_.chance(0.2);
        made.rank = static_cast<std::uint8_t>(random_.below(5));
        return made;
    }

    Random random_;
    NameIndex index_;
    NameModel model_;
    std::size_t seen_ = 0;
    std::size_t mistyped_ = 0;
};

TEST(NameIndex, AnswersWhatAModelThatLooksAtEverythingAnswers) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        NamesHistory history(seed);
        for (int round = 0; round < 40; ++round) {
            history.change();
            for (int i = 0; i < 12; ++i) {
                ASSERT_NO_FATAL_FAILURE(history.compare());
            }
        }
        EXPECT_EQ(history.indexed(), history.size());
        EXPECT_GT(history.seen(), 1000U);
        EXPECT_GT(history.mistyped(), 100U);
    }
}

TEST(NameIndex, IsReadWhileItIsWrittenAndMerged) {
    // Each change moves one name from one entry to the next: whoever looks finds it just once.
    NameIndex index;
    std::vector<Entry> others;
    for (std::uint64_t id = 10; id < 400; ++id) {
        others.push_back({.id = id, .handle = "other" + std::to_string(id)});
    }
    index.apply(others);
    index.apply({{.id = 1, .handle = "wanted"}, {.id = 2, .handle = "unwanted"}});
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> wrong{0};
    std::atomic<std::size_t> looks{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] {
            const NameQuery query = parse_name_query("wanted");
            while (!stop) {
                const auto hits = index.find(query, {{1, {1, false}}}, {.limit = 1});
                wrong += hits.size() == 1 && hits[0].tier == Tier::kNames ? 0 : 1;
                ++looks;
            }
        });
    }
    std::thread merger([&] {
        while (!stop) {
            index.merge_some();
            std::this_thread::yield();
        }
    });
    for (int i = 0; i < 400 || looks < 100; ++i) {
        const bool is_first = i % 2 == 0;
        index.apply({
            {.id = 1, .handle = is_first ? "unwanted" : "wanted"},
            {.id = 2, .handle = is_first ? "wanted" : "unwanted"},
        });
    }
    stop = true;
    for (std::thread& reader : readers) {
        reader.join();
    }
    merger.join();
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(index.size().entries, 392U);
}

TEST(NameIndex, LosesNoChangeThatComesWhileItMerges) {
    NameIndex index;
    constexpr std::uint64_t kEach = 3'000;
    for (std::uint64_t part = 0; part < 4; ++part) {
        std::vector<Entry> entries;
        for (std::uint64_t id = part * kEach + 1; id <= (part + 1) * kEach; ++id) {
            entries.push_back({.id = id, .handle = "old" + std::to_string(id)});
        }
        index.apply(entries);
    }
    ASSERT_TRUE(index.is_merge_due());
    std::atomic<bool> begun{false};
    std::atomic<bool> ended{false};
    std::thread merger([&] {
        begun = true;
        index.merge_some();
        ended = true;
    });
    std::uint64_t changed = 0;
    while (!begun) {
        std::this_thread::yield();
    }
    do {  // once at least, also where the merge had ended before this thread came to run
        ++changed;
        index.apply({{.id = changed, .handle = "new" + std::to_string(changed)}});
    } while (!ended && changed < 1'000);
    merger.join();
    EXPECT_EQ(index.size().entries, 4 * kEach) << changed << " changed meanwhile";
    const auto hits = index.find(parse_name_query("old1"), {}, {.limit = 1});
    EXPECT_NE(ids_of(hits), std::vector<std::uint64_t>{1});
}

}  // namespace
}  // namespace rookery::discover::names
