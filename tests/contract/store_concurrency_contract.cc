#include "contract/store_contract.h"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace rookery::contract {

using ports::Batch;
using ports::Counters;
using ports::StoredEvent;

namespace {

/// Runs `work(number)` on so many threads at once.
void on_threads(int count, const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back(work, i);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

constexpr int kThreads = 8;
constexpr int kRounds = 50;

/// Reads, adds one and writes back, if nobody else did meanwhile; otherwise again.
Task<int> increment(ports::Store& store) {
    for (int attempts = 1;; ++attempts) {
        const auto before = co_await store.get(key("shared"));
        const auto& value = before.value();
        Batch batch;
        if (value) {
            batch.expect_equals(key("shared"), *value);
        } else {
            batch.expect_absent(key("shared"));
        }
        batch.put(key("shared"), std::to_string(value ? std::stoi(*value) + 1 : 1));
        const auto outcome = co_await store.commit(std::move(batch));
        if (outcome) {
            co_return attempts;
        }
        if (outcome.error().code != ErrorCode::kConflict) {
            throw std::runtime_error(outcome.error().detail);
        }
    }
}

}  // namespace

TEST_P(StoreContract, LosesNoUpdateOfConcurrentReadersAndWriters) {
    on_threads(kThreads, [&](int) {
        for (int round = 0; round < kRounds; ++round) {
            (void)kit::run(increment(store()));
        }
    });
    EXPECT_EQ(get(key("shared")), std::to_string(kThreads * kRounds));
}

TEST_P(StoreContract, AddsUpConcurrentCounters) {
    on_threads(kThreads, [&](int thread) {
        for (int round = 0; round < kRounds; ++round) {
            Batch batch;
            batch.add(key("n"), Counters{1, thread, -1, 0});
            EXPECT_TRUE(commit(std::move(batch)));
        }
    });
    const std::int64_t threads_sum = kThreads * (kThreads - 1) / 2;
    EXPECT_EQ(
        counters(key("n")),
        (Counters{kThreads * kRounds, threads_sum * kRounds, -kThreads * kRounds, 0})
    );
}

TEST_P(StoreContract, LetsOneOfManyTakeAName) {
    for (int round = 0; round < kRounds; ++round) {
        const std::string name = "name" + std::to_string(round);
        std::atomic<int> winners{0};
        on_threads(4, [&](int thread) {
            Batch batch;
            batch.expect_absent(key(name));
            batch.put(key(name), std::to_string(thread));
            winners += commit(std::move(batch)).has_value() ? 1 : 0;
        });
        ASSERT_EQ(winners, 1);
    }
}

TEST_P(StoreContract, NeverShowsHalfABatch) {
    std::atomic<bool> done{false};
    std::thread writer([&] {
        for (int i = 0; i < 200; ++i) {
            Batch batch;
            for (const char* sort : {"a", "b", "c"}) {
                batch.put(key("pair", sort), std::to_string(i));
            }
            EXPECT_TRUE(commit(std::move(batch)));
        }
        done = true;
    });
    while (!done) {
        const auto rows = kit::run(store().scan({kTable, "pair", "", "", false, 10})).value();
        if (!rows.empty()) {
            EXPECT_EQ(rows.size(), 3U);
            EXPECT_EQ(rows.front().value, rows.back().value);
        }
    }
    writer.join();
}

TEST_P(StoreContract, TellsTheListenerEachEventOnceInOrderUnderLoad) {
    std::mutex mutex;
    std::vector<StoredEvent> heard;
    store().set_commit_listener([&](std::span<const StoredEvent> events) {
        const std::lock_guard lock(mutex);
        heard.insert(heard.end(), events.begin(), events.end());
    });
    std::atomic<int> early{0};
    on_threads(kThreads, [&](int) {
        for (int round = 0; round < kRounds; ++round) {
            Batch batch;
            batch.emit({1, "x"});
            const auto id = commit(std::move(batch)).value();
            const std::lock_guard lock(mutex);
            const auto is_it = [id](const StoredEvent& event) { return event.id == id; };
            early += std::ranges::find_if(heard, is_it) == heard.end() ? 1 : 0;
        }
    });
    EXPECT_EQ(early, 0);
    EXPECT_EQ(heard, events(0, 10'000));
    EXPECT_EQ(heard.size(), static_cast<std::size_t>(kThreads * kRounds));
}

TEST_P(StoreContract, AReaderThatFollowsTheHorizonMissesNoEvent) {
    std::atomic<int> writing{kThreads};
    std::set<std::string> seen;
    std::thread reader([&] {
        ports::EventId cursor = 0;
        while (writing > 0 || cursor < store().horizon()) {
            for (const StoredEvent& event : events(cursor, 16)) {
                ASSERT_GT(event.id, cursor);
                cursor = event.id;
                EXPECT_TRUE(seen.insert(event.event.payload).second);
            }
        }
    });
    on_threads(kThreads, [&](int thread) {
        for (int round = 0; round < kRounds; ++round) {
            Batch batch;
            batch.emit({1, std::to_string(thread) + "/" + std::to_string(round)});
            EXPECT_TRUE(commit(std::move(batch)));
        }
        --writing;
    });
    reader.join();
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(kThreads * kRounds));
}

}  // namespace rookery::contract
