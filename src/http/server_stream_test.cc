#include "http/server.h"
#include "http/websocket_frame.h"
#include "kit/http_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace rookery::http {

namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kHandshake =
    "GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

std::string client_frame(unsigned first, std::string_view payload) {
    constexpr std::array<unsigned char, 4> kMask{1, 2, 3, 4};
    std::array<char, kFrameHeaderBytesMax> header{};
    const std::size_t size = write_frame_header(Opcode::kText, payload.size(), header.data());
    header[0] = static_cast<char>(first);
    header[1] = static_cast<char>(static_cast<unsigned char>(header[1]) | 0x80U);
    std::string bytes(header.data(), size);
    bytes.append(reinterpret_cast<const char*>(kMask.data()), kMask.size());
    for (std::size_t i = 0; i < payload.size(); ++i) {
        bytes.push_back(static_cast<char>(static_cast<unsigned char>(payload[i]) ^ kMask.at(i % 4))
        );
    }
    return bytes;
}

/// The bytes that the server sends for a whole message.
std::string server_frame(Opcode opcode, std::string_view payload) {
    std::array<char, kFrameHeaderBytesMax> header{};
    const std::size_t size = write_frame_header(opcode, payload.size(), header.data());
    return std::string(header.data(), size) + std::string(payload);
}

std::shared_ptr<const std::string> message(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

class ServerStreamTest : public ServerTest {
protected:
    ServerStreamTest() {
        router_.add(Method::kGet, "/socket", [this](RequestPtr r) { return socket(r); });
        router_.add(Method::kGet, "/events", [this](RequestPtr r) { return events(r); });
    }

    ~ServerStreamTest() override { server_.reset(); }  // before what its callbacks use

    Task<Response> socket(RequestPtr request) {
        Response response;
        WebSocketUpgrade upgrade;
        upgrade.protocol = request->header("sec-websocket-protocol").value_or("");
        upgrade.on_open = [this](const std::shared_ptr<PushChannel>& channel) { open(channel); };
        response.upgrade = std::move(upgrade);
        co_return response;
    }

    Task<Response> events(RequestPtr /*request*/) {
        Response response;
        response.upgrade = EventStreamUpgrade{[this](const std::shared_ptr<PushChannel>& channel) {
            open(channel);
        }};
        co_return response;
    }

    void open(const std::shared_ptr<PushChannel>& channel) {
        channel->on_text = [weak = std::weak_ptr(channel)](const std::string& text) {
            if (text == "throw") {
                throw std::runtime_error("a bug");
            }
            weak.lock()->send(message("echo " + text));
        };
        channel->on_closed = [this] {
            const std::lock_guard lock(mutex_);
            ++closed_;
            changed_.notify_all();
        };
        const std::lock_guard lock(mutex_);
        channel_ = channel;
        changed_.notify_all();
    }

    std::shared_ptr<PushChannel> await_open() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return channel_ != nullptr; });
        return channel_;
    }

    void await_closed() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ > 0; });
        EXPECT_EQ(closed_, 1);
    }

    std::unique_ptr<kit::LoopbackClient> open_socket(std::string_view extra = {}) {
        auto client = connect();
        client->send(std::string(kHandshake) + std::string(extra));
        EXPECT_THAT(client->read_until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
        return client;
    }

    static void expect_frame(kit::LoopbackClient& client, Opcode opcode, std::string_view payload) {
        const std::string expected = server_frame(opcode, payload);
        EXPECT_EQ(client.read_bytes(expected.size()), expected);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<PushChannel> channel_;
    int closed_ = 0;
};

TEST_F(ServerStreamTest, OpensAWebSocketAndEchoes) {
    start();
    auto client = connect();
    ASSERT_TRUE(client->send(kHandshake));
    const std::string head = client->read_until("\r\n\r\n");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
    EXPECT_THAT(head, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    EXPECT_THAT(head, HasSubstr("Connection: Upgrade\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
    ASSERT_TRUE(client->send(client_frame(0x81, "hello")));
    expect_frame(*client, Opcode::kText, "echo hello");
    const std::string large(60'000, 'l');
    ASSERT_TRUE(client->send(client_frame(0x81, large)));
    expect_frame(*client, Opcode::kText, "echo " + large);
}

TEST_F(ServerStreamTest, EchoesTheSubprotocol) {
    start();
    auto client = connect();
    std::string handshake(kHandshake);
    handshake.insert(handshake.size() - 2, "Sec-WebSocket-Protocol: a-token\r\n");
    ASSERT_TRUE(client->send(handshake));
    EXPECT_THAT(client->read_until("\r\n\r\n"), HasSubstr("Sec-WebSocket-Protocol: a-token\r\n"));
}

TEST_F(ServerStreamTest, ReadsFramesThatCameWithTheHandshakeAndInFragments) {
    start();
    auto client = open_socket(client_frame(0x81, "early") + client_frame(0x01, "in ").substr(0, 3));
    expect_frame(*client, Opcode::kText, "echo early");
    ASSERT_TRUE(client->send(client_frame(0x01, "in ").substr(3) + client_frame(0x89, "p")));
    ASSERT_TRUE(client->send(client_frame(0x80, "pieces")));
    expect_frame(*client, Opcode::kPong, "p");
    expect_frame(*client, Opcode::kText, "echo in pieces");
}

TEST_F(ServerStreamTest, AnswersACloseWithACloseAndEnds) {
    start();
    auto client = open_socket();
    ASSERT_TRUE(client->send(client_frame(0x88, close_payload(4001, "bye"))));
    expect_frame(*client, Opcode::kClose, close_payload(4001, ""));
    EXPECT_TRUE(client->is_closed_by_server());
    await_closed();
    EXPECT_FALSE(await_open()->send(message("too late")));
}

TEST_F(ServerStreamTest, ClosesAfterWhatWasQueuedAndWaitsForTheAnswer) {
    start();
    auto client = open_socket();
    const auto channel = await_open();
    EXPECT_TRUE(channel->send(message("one")));
    EXPECT_TRUE(channel->send(message("two")));
    channel->close(4003, "revoked");
    channel->close(1000, "twice");
    EXPECT_FALSE(channel->send(message("three")));
    expect_frame(*client, Opcode::kText, "one");
    expect_frame(*client, Opcode::kText, "two");
    expect_frame(*client, Opcode::kClose, close_payload(4003, "revoked"));
    ASSERT_TRUE(client->send(client_frame(0x88, close_payload(4003, ""))));
    EXPECT_TRUE(client->is_closed_by_server());
    await_closed();
}

TEST_F(ServerStreamTest, ClosesWithTheRightCodeOnWhatItDoesNotTake) {
    config_.websocket_message_bytes_max = 100;
    start();
    const std::vector<std::pair<std::string, std::uint16_t>> cases{
        {client_frame(0x83, "reserved"), 1002},
        {client_frame(0x81, "\xFF"), 1007},
        {client_frame(0x81, std::string(101, 'a')), 1009},
        {client_frame(0x81, "throw"), 1011},
    };
    for (const auto& [bytes, code] : cases) {
        auto client = open_socket();
        ASSERT_TRUE(client->send(bytes));
        expect_frame(*client, Opcode::kClose, close_payload(code, ""));
        client->send(client_frame(0x88, ""));
        EXPECT_TRUE(client->is_closed_by_server());
    }
    auto client = open_socket();
    ASSERT_TRUE(client->send(client_frame(0x82, "binary")));
    EXPECT_EQ(client->read_bytes(4).substr(2), close_payload(1003, ""));
}

TEST_F(ServerStreamTest, RefusesAHandshakeThatIsNone) {
    start();
    const auto answer = ask("GET /socket HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 426);
    EXPECT_EQ(answer.headers.at("upgrade"), "websocket");
    EXPECT_THAT(answer.body, StartsWith(R"({"error":)"));
    std::string handshake(kHandshake);
    handshake.replace(handshake.find("13\r\n"), 2, "12");
    EXPECT_EQ(ask(handshake).status, 426);
    handshake = kHandshake;
    handshake.replace(handshake.find("dGhl"), 4, "");
    EXPECT_EQ(ask(handshake).status, 426);
}

TEST_F(ServerStreamTest, PingsAndCutsAClientThatDoesNotAnswer) {
    config_.websocket_ping_interval_ms = 20;
    start();
    auto client = open_socket();
    expect_frame(*client, Opcode::kPing, "");
    ASSERT_TRUE(client->send(client_frame(0x8A, "")));
    expect_frame(*client, Opcode::kPing, "");
    EXPECT_TRUE(client->is_closed_by_server());
    await_closed();
}

TEST_F(ServerStreamTest, CutsAClientWhoseQueueIsFull) {
    config_.push_queue_bytes_max = 1'000'000;
    start();
    auto client = connect(4096);
    ASSERT_TRUE(client->send(kHandshake));
    const auto channel = await_open();
    const auto large = message(std::string(100'000, 'l'));
    int sent = 0;
    while (channel->send(large)) {
        ASSERT_LT(++sent, 1000);
        std::this_thread::yield();
    }
    EXPECT_GE(sent, 10);
    await_closed();
    EXPECT_FALSE(channel->send(message("more")));
    EXPECT_TRUE(client->is_closed_by_server());
}

TEST_F(ServerStreamTest, CutsAClientThatTakesNothing) {
    config_.write_timeout_ms = 40;
    config_.push_queue_bytes_max = 100'000'000;
    start();
    auto client = connect(4096);
    ASSERT_TRUE(client->send(kHandshake));
    EXPECT_TRUE(await_open()->send(message(std::string(50'000'000, 'l'))));
    await_closed();
}

TEST_F(ServerStreamTest, NoticesThatAClientIsGone) {
    start();
    auto client = open_socket();
    client.reset();
    await_closed();
    auto& streams = metrics_.gauge("rookery_http_streams", "", {{"kind", "websocket"}});
    EXPECT_EQ(streams.value(), 0);
}

TEST_F(ServerStreamTest, TellsItsStreamsThatItStops) {
    start();
    auto client = open_socket();
    auto reader = std::thread([&] {
        EXPECT_EQ(client->read_bytes(4).substr(2), close_payload(1001, ""));
        client->send(client_frame(0x88, close_payload(1001, "")));
    });
    await_open();
    server_->stop();
    reader.join();
    await_closed();
    const auto channel = channel_;
    server_.reset();
    EXPECT_FALSE(channel->send(message("to nobody")));
    channel->close(1000, "");
}

TEST_F(ServerStreamTest, SendsEventsAsChunksWithAHeartbeat) {
    config_.event_stream_heartbeat_ms = 20;
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
    const std::string head = client->read_until("\r\n\r\n");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(head, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_EQ(client->read_bytes(8), "3\r\n:)\n\r\n");
    EXPECT_EQ(client->read_bytes(12), "7\r\n:thump\n\r\n");
    const auto channel = await_open();
    EXPECT_TRUE(channel->send(message("")));
    EXPECT_TRUE(channel->send(message("event: update\ndata: {}\n\n")));
    EXPECT_THAT(
        client->read_until("{}\n\n\r\n"), HasSubstr("18\r\nevent: update\ndata: {}\n\n\r\n")
    );
    channel->close(1000, "");
    EXPECT_THAT(client->read_until("0\r\n\r\n"), testing::EndsWith("0\r\n\r\n"));
    EXPECT_TRUE(client->is_closed_by_server());
    await_closed();
}

TEST_F(ServerStreamTest, SendsEventsBareToAnOldClient) {
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /events HTTP/1.0\r\n\r\n"));
    EXPECT_THAT(client->read_until("\r\n\r\n"), Not(HasSubstr("chunked")));
    const auto channel = await_open();
    channel->send(message("data: x\n\n"));
    channel->close(1000, "");
    EXPECT_EQ(client->read_until("never"), ":)\ndata: x\n\n");
}

TEST_F(ServerStreamTest, SendsEventsInTheirOrderFromManyThreads) {
    start();
    auto client = open_socket();
    const auto channel = await_open();
    constexpr int kThreads = 4;
    constexpr int kMessages = 200;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&channel, t] {
                for (int i = 0; i < kMessages; ++i) {
                    channel->send(
                        message(std::string{static_cast<char>('a' + t)} + std::to_string(100 + i))
                    );
                }
            });
        }
    }
    std::array<int, kThreads> next{};
    for (int i = 0; i < kThreads * kMessages; ++i) {
        const std::string text = client->read_bytes(6).substr(2);
        ASSERT_EQ(text.size(), 4U);
        const auto thread = static_cast<std::size_t>(text[0] - 'a');
        EXPECT_EQ(std::stoi(text.substr(1)), 100 + next.at(thread)++);
    }
}

}  // namespace

}  // namespace rookery::http
