#include "http/server.h"
#include "kit/gate.h"
#include "kit/http_server_fixture.h"
#include "kit/manual_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>

namespace rookery::http {

namespace {

using testing::StartsWith;

constexpr std::uint32_t kShortMs = 40;

class ServerLimitsTest : public ServerTest {
protected:
    ServerLimitsTest() {
        router_.add(Method::kGet, "/gate", [this](RequestPtr /*request*/) { return pass(); });
        router_.add(Method::kGet, "/large", [this](RequestPtr /*request*/) { return large(); });
    }

    Task<Response> pass() {
        co_await gate_.pass();
        co_return Response::text("passed");
    }

    Task<Response> large() {
        Response response = Response::text("");
        for (int i = 0; i < 2000; ++i) {  // more pieces than one sendmsg() takes
            response.fragments.push_back(fragment_);
        }
        co_return response;
    }

    static void expect_refusal(const kit::WireAnswer& answer, int status) {
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.headers.at("connection"), "close");
        EXPECT_THAT(answer.body, StartsWith(R"({"error":)"));
    }

    kit::Gate gate_;
    Fragment fragment_ = std::make_shared<const std::string>(10'000, 'f');
};

TEST_F(ServerLimitsTest, RefusesABodyThatIsTooLarge) {
    config_.body_bytes_max = 10;
    start();
    expect_refusal(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n01234567890"), 413
    );
    expect_refusal(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n0123"), 413
    );
    EXPECT_EQ(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789").status, 200
    );
}

TEST_F(ServerLimitsTest, RefusesTooLargeABodyBeforeItIsSent) {
    config_.body_bytes_max = 10;
    start();
    expect_refusal(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
            "Content-Length: 99999999999\r\n\r\n"),
        413
    );
}

TEST_F(ServerLimitsTest, RefusesMalformedChunks) {
    start();
    expect_refusal(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 400
    );
}

TEST_F(ServerLimitsTest, RefusesBodiesOverTheSumOfAllConnections) {
    config_.bodies_bytes_max = 100;
    start();
    auto first = connect();
    ASSERT_TRUE(
        first->send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                    "Content-Length: 80\r\n\r\n")
    );
    first->read_until("\r\n\r\n");
    ASSERT_TRUE(first->send(std::string(79, 'a')));
    // On the one thread of this server the second connection is read after the first.
    expect_refusal(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n" + std::string(80, 'b')),
        503
    );
    ASSERT_TRUE(first->send("a"));
    EXPECT_EQ(first->read_answer().value().status, 200);
    EXPECT_EQ(
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n" + std::string(80, 'b'))
            .status,
        200
    );
}

TEST_F(ServerLimitsTest, RefusesTooLargeAHead) {
    config_.head_bytes_max = 512;
    start();
    const std::string filler(600, 'a');
    expect_refusal(ask("GET /" + filler + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
    expect_refusal(ask("GET / HTTP/1.1\r\nHost: x\r\nX: " + filler + "\r\n\r\n"), 431);
}

TEST_F(ServerLimitsTest, RefusesTooManyParams) {
    config_.params_max = 2;
    start();
    EXPECT_EQ(ask("GET /echo?a=1&b=2 HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    EXPECT_EQ(ask("GET /echo?a=1&b=2&c=3 HTTP/1.1\r\nHost: x\r\n\r\n").status, 413);
}

TEST_F(ServerLimitsTest, TurnsConnectionsAwayOverTheLimit) {
    config_.connections_max = 1;
    start();
    auto first = connect();
    ASSERT_TRUE(first->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(first->read_answer().value().status, 200);
    auto second = connect();
    expect_refusal(second->read_answer().value(), 503);
    EXPECT_TRUE(second->is_closed_by_server());
    ASSERT_TRUE(first->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(first->read_answer().value().status, 200);
}

TEST_F(ServerLimitsTest, CutsAClientThatNeverEndsItsHead) {
    config_.head_timeout_ms = kShortMs;
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /hello HTTP/1.1\r\nHo"));
    expect_refusal(client->read_answer().value(), 408);
    EXPECT_TRUE(client->is_closed_by_server());
}

TEST_F(ServerLimitsTest, CutsAClientThatNeverEndsItsBody) {
    config_.body_timeout_ms = kShortMs;
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"));
    expect_refusal(client->read_answer().value(), 408);
}

TEST_F(ServerLimitsTest, ClosesAnIdleConnectionWithoutAWord) {
    config_.idle_timeout_ms = kShortMs;
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(client->read_answer().value().status, 200);
    EXPECT_EQ(client->read_until("never"), "");
}

TEST_F(ServerLimitsTest, AnswersOnAConnectionWhoseBuffersWereGivenBack) {
    config_.head_timeout_ms = kShortMs;  // sweeps often
    kit::ManualClock clock;
    server_ = std::make_unique<Server>(config_, router_, nullptr, clock, metrics_);
    server_->start();
    auto client = connect();
    auto& received = metrics_.counter("rookery_http_bytes_total", "", {{"direction", "in"}});
    for (int i = 0; i < 3; ++i) {
        const std::uint64_t before = received.value();
        ASSERT_TRUE(client->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
        EXPECT_EQ(client->read_answer().value().body, "hello");
        clock.advance_ms(6'000);
        while (received.value() == before) {  // told at each sweep
            std::this_thread::yield();
        }
    }
    server_.reset();
}

TEST_F(ServerLimitsTest, AnswersForAHandlerThatTakesTooLongAndLetsItRunOn) {
    config_.handler_timeout_ms = kShortMs;
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n"));
    gate_.await_arrival();
    expect_refusal(client->read_answer().value(), 503);
    EXPECT_TRUE(client->is_closed_by_server());
    gate_.open();
    gate_.await_leaving();
    EXPECT_EQ(ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
}

TEST_F(ServerLimitsTest, SendsAnAnswerOfManyPieces) {
    start();
    EXPECT_EQ(ask("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").body, std::string(20'000'000, 'f'));
}

TEST_F(ServerLimitsTest, CutsAClientThatDoesNotTakeItsAnswer) {
    config_.write_timeout_ms = kShortMs;
    start();
    auto client = connect(4096);
    ASSERT_TRUE(client->send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n"));
    auto& cut = metrics_.counter("rookery_http_connections_cut_total", "");
    while (cut.value() == 0) {
        std::this_thread::yield();
    }
    EXPECT_LT(client->read_until("never").size(), 20'000'000U);
}

TEST_F(ServerLimitsTest, EndsIdleConnectionsAndFinishesRequestsWhenItStops) {
    start();
    auto idle = connect();
    ASSERT_TRUE(idle->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(idle->read_answer().value().status, 200);
    auto busy = connect();
    ASSERT_TRUE(busy->send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n"));
    gate_.await_arrival();

    auto stopped = std::async(std::launch::async, [this] { server_->stop(); });
    EXPECT_TRUE(idle->is_closed_by_server());
    gate_.open();
    const auto answer = busy->read_answer().value();
    EXPECT_EQ(answer.body, "passed");
    EXPECT_EQ(answer.headers.at("connection"), "close");
    stopped.get();
    EXPECT_THROW(static_cast<void>(connect()), std::system_error);
}

TEST_F(ServerLimitsTest, StopsInTimeWhateverIsUnderWay) {
    config_.drain_timeout_ms = kShortMs;
    start();
    auto busy = connect();
    ASSERT_TRUE(busy->send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n"));
    gate_.await_arrival();
    server_->stop();
    server_.reset();
    EXPECT_FALSE(busy->read_answer());
}

}  // namespace

}  // namespace rookery::http
