#include "http/send_turns.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace rookery::http {
namespace {

namespace asio = boost::asio;

class SendTurnsTest : public testing::Test {
protected:
    Task<void> answer(char name) {
        said_ += name;
        co_await turns_.mine();
        said_ += static_cast<char>(name - 'a' + 'A');
    }
    /// Answers of `count` requests, each of which is handled when its turn in the context comes.
    void handle(int count) {
        for (int i = 0; i < count; ++i) {
            asio::co_spawn(context_, answer(static_cast<char>('a' + i)), asio::detached);
        }
    }

    std::string said_;
    asio::io_context context_{1};
    SendTurns turns_{context_.get_executor()};
};

TEST_F(SendTurnsTest, SendsBehindWhatIsReadyAndInOrder) {
    handle(3);
    context_.run();
    EXPECT_EQ(said_, "abcABC");
}

TEST_F(SendTurnsTest, SendsOneAloneAtOnce) {
    handle(1);
    context_.run();
    EXPECT_EQ(said_, "aA");
}

TEST_F(SendTurnsTest, LetsNobodyWaitForMoreThanABurst) {
    handle(11);
    context_.run();
    EXPECT_EQ(said_, "abcdABCDefghEFGHijkIJK");
}

TEST_F(SendTurnsTest, StartsAnewAfterABurst) {
    handle(2);
    context_.run();
    context_.restart();
    handle(2);
    context_.run();
    EXPECT_EQ(said_, "abABabAB");
}

TEST_F(SendTurnsTest, ForgetsThoseWhoWaitWhenItEnds) {
    auto context = std::make_unique<asio::io_context>(1);
    auto turns = std::make_unique<SendTurns>(context->get_executor());
    bool ended = false;
    struct Guard {
        bool& ended;
        ~Guard() { ended = true; }
    };
    const auto wait = [](SendTurns* own, bool* told) -> Task<void> {
        const Guard guard{*told};
        co_await own->mine();
        ADD_FAILURE() << "went on";
    };
    asio::co_spawn(*context, wait(turns.get(), &ended), asio::detached);
    context->run_one();  // up to the wait
    EXPECT_FALSE(ended);
    turns.reset();
    context.reset();  // destroys the coroutines that nobody can resume
    EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace rookery::http
