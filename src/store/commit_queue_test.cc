#include "store/commit_queue.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace rookery::store {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kMuch = 1'000'000;

bool push(CommitQueue& queue) {
    PendingCommit commit{.bytes = 10};
    return queue.push(commit);
}

TEST(CommitQueue, GivesAtOnceWhatIsThere) {
    CommitQueue queue(10, kMuch);
    ASSERT_TRUE(push(queue));
    ASSERT_TRUE(push(queue));
    EXPECT_EQ(queue.take(kMuch).size(), 2U);
}

TEST(CommitQueue, WaitsForMoreUntilTheTimeHasCome) {
    CommitQueue queue(10, kMuch);
    ASSERT_TRUE(push(queue));
    const auto not_before = steady_clock::now() + 50ms;
    std::thread later([&queue] {
        std::this_thread::sleep_for(5ms);
        EXPECT_TRUE(push(queue));
    });
    EXPECT_EQ(queue.take(kMuch, not_before, 100).size(), 2U);
    EXPECT_GE(steady_clock::now(), not_before);
    later.join();
}

TEST(CommitQueue, WaitsNoLongerWhenManyHaveCome) {
    CommitQueue queue(10, kMuch);
    ASSERT_TRUE(push(queue));
    std::thread later([&queue] {
        EXPECT_TRUE(push(queue));
        EXPECT_TRUE(push(queue));
    });
    EXPECT_EQ(queue.take(kMuch, steady_clock::now() + 1h, 3).size(), 3U);
    later.join();
}

TEST(CommitQueue, WaitsForOneThoughTheTimeHasCome) {
    CommitQueue queue(10, kMuch);
    std::thread later([&queue] {
        std::this_thread::sleep_for(20ms);
        EXPECT_TRUE(push(queue));
    });
    EXPECT_EQ(queue.take(kMuch, steady_clock::now() + 1ms, 3).size(), 1U);
    later.join();
}

TEST(CommitQueue, ClosedItWaitsForNothingAndGivesWhatIsLeft) {
    CommitQueue queue(10, kMuch);
    ASSERT_TRUE(push(queue));
    std::thread later([&queue] { queue.close(); });
    EXPECT_EQ(queue.take(kMuch, steady_clock::now() + 1h, 3).size(), 1U);
    EXPECT_TRUE(queue.take(kMuch, steady_clock::now() + 1h, 3).empty());
    EXPECT_FALSE(push(queue));
    later.join();
}

}  // namespace
}  // namespace rookery::store
