#include "base/sharded_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace rookery {
namespace {

using Cache = ShardedCache<std::uint64_t, std::string>;

void put(Cache& cache, std::uint64_t key, std::string value) {
    ASSERT_TRUE(cache.insert(key, std::move(value), cache.stamp(key)));
}

TEST(ShardedCache, FindsWhatWasInserted) {
    Cache cache(10);
    put(cache, 1, "one");
    put(cache, 2, "two");
    EXPECT_EQ(cache.find(1), "one");
    EXPECT_EQ(cache.find(2), "two");
    EXPECT_EQ(cache.find(3), std::nullopt);
    EXPECT_EQ(cache.size(), 2U);
}

TEST(ShardedCache, AnInsertReplacesTheValue) {
    Cache cache(10);
    put(cache, 1, "old");
    put(cache, 1, "new");
    EXPECT_EQ(cache.find(1), "new");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(ShardedCache, DropsTheLeastRecentlyUsed) {
    Cache cache(2, 1);
    put(cache, 1, "one");
    put(cache, 2, "two");
    EXPECT_EQ(cache.find(1), "one");
    put(cache, 3, "three");
    EXPECT_EQ(cache.find(2), std::nullopt);
    EXPECT_EQ(cache.find(1), "one");
    EXPECT_EQ(cache.find(3), "three");
}

TEST(ShardedCache, FetchesAheadWhatIsThereAndWhatIsNot) {
    ShardedCache<std::uint64_t, std::shared_ptr<const std::string>> cache(10);
    ASSERT_TRUE(cache.insert(1, std::make_shared<const std::string>("one"), cache.stamp(1)));
    ASSERT_TRUE(cache.insert(2, nullptr, cache.stamp(2)));
    for (const FetchStep step : kFetchSteps) {
        for (std::uint64_t key = 0; key < 4; ++key) {
            cache.fetch_ahead(key, step);
        }
    }
    EXPECT_EQ(*cache.find(1).value(), "one");
    EXPECT_EQ(cache.find(2), nullptr);
    EXPECT_EQ(cache.find(3), std::nullopt);
}

TEST(ShardedCache, NeverHoldsMoreThanItsLimit) {
    Cache cache(100);
    for (std::uint64_t key = 0; key < 10'000; ++key) {
        put(cache, key, "value");
    }
    EXPECT_LE(cache.size(), 100U);
    EXPECT_GE(cache.size(), 50U);
}

TEST(ShardedCache, WorksWithALimitOfZeroAsOne) {
    Cache cache(0);
    put(cache, 1, "one");
    put(cache, 2, "two");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(ShardedCache, RefusesAValueReadBeforeAnInvalidation) {
    Cache cache(10);
    const auto stamp = cache.stamp(1);
    cache.erase(1);
    EXPECT_FALSE(cache.insert(1, "stale", stamp));
    EXPECT_EQ(cache.find(1), std::nullopt);
    EXPECT_TRUE(cache.insert(1, "fresh", cache.stamp(1)));
    EXPECT_EQ(cache.find(1), "fresh");
}

TEST(ShardedCache, ForgetsAnErasedKeyOnly) {
    Cache cache(10);
    put(cache, 1, "one");
    put(cache, 2, "two");
    cache.erase(1);
    EXPECT_EQ(cache.find(1), std::nullopt);
    EXPECT_EQ(cache.find(2), "two");
}

TEST(ShardedCache, ClearForgetsAllAndRefusesWhatWasBeingRead) {
    Cache cache(100);
    for (std::uint64_t key = 0; key < 20; ++key) {
        put(cache, key, "value");
    }
    const auto stamp = cache.stamp(7);
    cache.clear();
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_FALSE(cache.insert(7, "stale", stamp));
}

TEST(ShardedCache, ReleasesTheValuesThatItDrops) {
    ShardedCache<int, std::shared_ptr<int>> cache(1, 1);
    const auto first = std::make_shared<int>(1);
    cache.insert(1, first, cache.stamp(1));
    EXPECT_EQ(first.use_count(), 2);
    cache.insert(2, std::make_shared<int>(2), cache.stamp(2));
    EXPECT_EQ(first.use_count(), 1);
}

TEST(ShardedCache, FindsManyEachInItsPlaceAndTellsWhatIsMissing) {
    constexpr std::size_t kKeys = 100;  // more than are looked up at once
    Cache cache(1000);
    std::vector<std::uint64_t> keys;
    for (std::uint64_t key = 0; key < kKeys; ++key) {
        keys.push_back(key);
        if (key % 3 != 0) {
            put(cache, key, std::to_string(key));
        }
    }
    std::vector<std::string> found(kKeys);
    std::vector<std::size_t> missing;
    cache.find_many(
        keys,
        [&](std::size_t i, const std::string& value) { found[i] = value; },
        [&](std::size_t i, Cache::Stamp stamp) {
            missing.push_back(i);
            EXPECT_TRUE(cache.insert(keys[i], "loaded", stamp));
        }
    );
    for (std::size_t i = 0; i < kKeys; ++i) {
        EXPECT_EQ(found[i], i % 3 == 0 ? "" : std::to_string(i));
        EXPECT_EQ(cache.find(i), i % 3 == 0 ? "loaded" : std::to_string(i));
    }
    EXPECT_EQ(missing.size(), (kKeys + 2) / 3);
}

TEST(ShardedCache, FindManyRefusesWhatWasReadBeforeAnInvalidation) {
    Cache cache(10);
    const std::vector<std::uint64_t> keys{1};
    cache.find_many(
        keys,
        [](std::size_t, const std::string&) { FAIL() << "it is not there"; },
        [&](std::size_t, Cache::Stamp stamp) {
            cache.erase(1);
            EXPECT_FALSE(cache.insert(1, "stale", stamp));
        }
    );
}

// Values carry their keys; places are taken and given back all the time.
TEST(ShardedCache, FindManyNeverTakesAnotherKeysValueUnderConcurrency) {
    ShardedCache<std::uint64_t, std::shared_ptr<const std::uint64_t>> cache(20);
    std::atomic<std::uint64_t> wrong{0};
    std::atomic<std::uint64_t> hits{0};
    std::atomic<std::uint64_t> misses{0};
    std::atomic<bool> done{false};
    const std::vector<std::uint64_t> keys{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 2; ++reader) {
        readers.emplace_back([&] {
            while (!done) {
                cache.find_many(
                    keys,
                    [&](std::size_t i, const std::shared_ptr<const std::uint64_t>& value) {
                        wrong += *value != keys[i] ? 1 : 0;
                        ++hits;
                    },
                    [&](std::size_t i, auto stamp) {
                        ++misses;
                        cache.insert(keys[i], std::make_shared<std::uint64_t>(keys[i]), stamp);
                    }
                );
            }
        });
    }
    // On a busy machine the readers may not have run yet when the steps are over: go on until both
    // hits and misses have been seen.
    constexpr std::uint64_t kSteps = 20'000;
    constexpr std::uint64_t kStepsMax = 100'000'000;
    const auto have_met = [&] { return hits > 0 && misses > 0; };
    for (std::uint64_t i = 0; i < kSteps || (!have_met() && i < kStepsMax); ++i) {
        const std::uint64_t other = 100 + (i % 50);
        cache.insert(other, std::make_shared<std::uint64_t>(other), cache.stamp(other));
        cache.erase(1 + (i % 10));
        if (i >= kSteps) {
            std::this_thread::yield();
        }
    }
    done = true;
    for (std::thread& reader : readers) {
        reader.join();
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_TRUE(have_met());
}

TEST(ShardedCache, ChangesInPlaceWhatIsThereAndRefusesWhatWasReadBefore) {
    ShardedCache<int, int> cache(8);
    const auto early = cache.stamp(1);
    const auto add = [](int& value) { return ++value < 12; };
    cache.update(1, add);  // nothing is there
    EXPECT_EQ(cache.find(1), std::nullopt);
    EXPECT_FALSE(cache.insert(1, 10, early));
    ASSERT_TRUE(cache.insert(1, 10, cache.stamp(1)));
    cache.update(1, add);
    EXPECT_EQ(cache.find(1), 11);
    cache.update(1, add);  // refused: erased
    EXPECT_EQ(cache.find(1), std::nullopt);
}

// A writer raises a number and then invalidates, as a commit listener does; what a reader finds
// after the invalidation must never be below the number.
TEST(ShardedCache, NeverServesAStaleValueUnderConcurrency) {
    ShardedCache<int, std::uint64_t> cache(8);
    std::atomic<std::uint64_t> stored{0};
    std::atomic<std::uint64_t> acknowledged{0};
    std::atomic<std::uint64_t> stale{0};
    std::atomic<bool> done{false};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!done) {
                const std::uint64_t floor = acknowledged;
                if (const auto hit = cache.find(1)) {
                    stale += *hit < floor ? 1 : 0;
                    continue;
                }
                const auto stamp = cache.stamp(1);
                const std::uint64_t value = stored;
                cache.insert(1, value, stamp);
            }
        });
    }
    for (std::uint64_t i = 1; i <= 20'000; ++i) {
        stored = i;
        cache.erase(1);
        acknowledged = i;
    }
    done = true;
    for (std::thread& reader : readers) {
        reader.join();
    }
    EXPECT_EQ(stale, 0U);
}

}  // namespace
}  // namespace rookery
