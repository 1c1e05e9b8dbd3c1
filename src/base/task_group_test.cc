#include "base/task_group.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace rookery {

namespace {

using namespace std::chrono_literals;

using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

Task<void> note(int* ran) {
    ++*ran;
    co_return;
}

Task<void> wait_for_ever(Executor executor, int* ended) {
    Timer timer(executor);
    timer.expires_at(std::chrono::steady_clock::time_point::max());
    try {
        co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>());
    } catch (...) {
        ++*ended;
        throw;
    }
}

Task<void> fail_hard() {
    throw std::runtime_error("a bug");
    co_return;
}

TEST(TaskGroup, RunsTasksAndKnowsWhenTheyHaveEnded) {
    boost::asio::io_context context;
    TaskGroup group("test");
    int ran = 0;
    EXPECT_TRUE(group.spawn(context.get_executor(), note(&ran)));
    EXPECT_TRUE(group.spawn(context.get_executor(), note(&ran)));
    EXPECT_EQ(group.size(), 2U);
    EXPECT_FALSE(group.wait(0ms));
    context.run();
    EXPECT_EQ(ran, 2);
    EXPECT_TRUE(group.wait(0ms));
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, TakesNoTaskOnceItIsClosed) {
    boost::asio::io_context context;
    TaskGroup group("test");
    int ran = 0;
    group.close();
    EXPECT_FALSE(group.spawn(context.get_executor(), note(&ran)));
    context.run();
    EXPECT_EQ(ran, 0);
}

TEST(TaskGroup, CancelsWhatWaits) {
    boost::asio::io_context context;
    TaskGroup group("test");
    int ended = 0;
    group.spawn(context.get_executor(), wait_for_ever(context.get_executor(), &ended));
    context.poll();
    EXPECT_EQ(group.size(), 1U);
    group.cancel();
    context.run();
    EXPECT_EQ(ended, 1);
    EXPECT_TRUE(group.wait(0ms));
}

TEST(TaskGroup, SurvivesATaskThatThrows) {
    boost::asio::io_context context;
    TaskGroup group("test");
    group.spawn(context.get_executor(), fail_hard());
    context.run();
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, WaitsForATaskOnAnotherThread) {
    boost::asio::io_context context;
    TaskGroup group("test");
    int ran = 0;
    group.spawn(context.get_executor(), note(&ran));
    std::jthread thread([&context] { context.run(); });
    EXPECT_TRUE(group.wait(10s));
    EXPECT_EQ(ran, 1);
}

}  // namespace

}  // namespace rookery
