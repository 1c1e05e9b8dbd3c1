#include "load/stream_set.h"

#include "load/clock.h"
#include "load/engine.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace rookery::load {

namespace {

constexpr std::size_t kOpeningMax = 200;  // below what a listen queue holds
constexpr double kHandshakeSeconds = 30;
constexpr unsigned kPong = 10;

}  // namespace

StreamSet::StreamSet(const Target& target, StreamProtocol protocol)
    : target_(target),
      protocol_(protocol),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      buffer_(std::size_t{1} << 16) {
    raise_file_limit();
}

StreamSet::~StreamSet() {
    for (const Stream& stream : streams_) {
        if (stream.fd >= 0) {
            close(stream.fd);
        }
    }
    close(epoll_);
}

std::string StreamSet::handshake(std::string_view token) const {
    if (protocol_ == StreamProtocol::kServerSentEvents) {
        return target_.get("/api/v1/streaming/user", token);
    }
    std::string bytes = target_.get("/api/v1/streaming?stream=user", token);
    bytes.resize(bytes.size() - 2);
    return bytes +
           "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n";
}

Result<void> StreamSet::open(const std::vector<std::string>& tokens) {
    const Heard nobody = [](std::size_t, std::string_view) {};
    for (const std::string& token : tokens) {
        Stream stream;
        TRY(stream.fd, connect_to(target_));
        const std::string bytes = handshake(token);
        if (send(stream.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(bytes.size())) {
            close(stream.fd);
            return fail(ErrorCode::kUnavailable, "a stream was closed before it was asked for");
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = streams_.size();
        epoll_ctl(epoll_, EPOLL_CTL_ADD, stream.fd, &event);
        streams_.push_back(std::move(stream));
        ++opening_;
        while (opening_ >= kOpeningMax && refusal_.empty() && wait(kHandshakeSeconds, nobody)) {
        }
    }
    while (opening_ > 0 && refusal_.empty() && wait(kHandshakeSeconds, nobody)) {
    }
    if (!refusal_.empty()) {
        return fail(ErrorCode::kUnavailable, "a stream was refused: " + refusal_);
    }
    if (opening_ > 0) {
        return fail(ErrorCode::kUnavailable, fmt::format("{} streams did not open", opening_));
    }
    return {};
}

void StreamSet::listen(double seconds, const Heard& heard, const std::function<bool()>& done) {
    const std::int64_t until_ns = clock_ns() + static_cast<std::int64_t>(seconds * 1e9);
    while (!done()) {
        const std::int64_t left_ns = until_ns - clock_ns();
        if (left_ns <= 0) {
            return;
        }
        static_cast<void>(wait(std::min(static_cast<double>(left_ns) / 1e9, 0.1), heard));
    }
}

bool StreamSet::wait(double seconds, const Heard& heard) {
    std::array<epoll_event, 256> events{};
    const int count = epoll_wait(
        epoll_, events.data(), events.size(), std::max(1, static_cast<int>(seconds * 1000))
    );
    for (int i = 0; i < count; ++i) {
        receive(events[static_cast<std::size_t>(i)].data.u64, heard);
    }
    return count > 0;
}

void StreamSet::receive(std::size_t index, const Heard& heard) {
    Stream& stream = streams_[index];
    const auto count = recv(stream.fd, buffer_.data(), buffer_.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count <= 0) {
        end(index);
        return;
    }
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
    if (stream.is_open) {
        take(index, bytes, heard);
        return;
    }
    stream.head += bytes;
    const std::size_t blank = stream.head.find("\r\n\r\n");
    if (blank == std::string::npos) {
        return;
    }
    const bool is_socket = protocol_ == StreamProtocol::kWebSocket;
    if (!stream.head.starts_with(is_socket ? "HTTP/1.1 101" : "HTTP/1.1 200")) {
        refusal_ = stream.head.substr(0, stream.head.find('\r'));
        return;
    }
    --opening_;
    stream.is_open = true;
    const std::string rest = stream.head.substr(blank + 4);
    stream.head = std::string();
    if (is_socket) {
        stream.frames = std::make_unique<WebSocketReader>();
    }
    take(index, rest, heard);
}

void StreamSet::take(std::size_t index, std::string_view bytes, const Heard& heard) {
    Stream& stream = streams_[index];
    if (stream.frames == nullptr) {
        heard(index, bytes);
        return;
    }
    bool goes_on = true;
    const bool sound =
        stream.frames->feed(bytes, [&](WebSocketReader::Kind kind, std::string_view payload) {
            if (kind == WebSocketReader::Kind::kText) {
                heard(index, payload);
            } else if (kind == WebSocketReader::Kind::kPing) {
                const std::string pong = masked_frame(kPong, payload);
                static_cast<void>(send(stream.fd, pong.data(), pong.size(), MSG_NOSIGNAL));
            } else if (kind == WebSocketReader::Kind::kClose) {
                goes_on = false;
            }
        });
    if (!sound || !goes_on) {
        end(index);
    }
}

void StreamSet::end(std::size_t index) {
    Stream& stream = streams_[index];
    close(stream.fd);
    stream.fd = -1;
    ++closed_;
    if (!stream.is_open) {
        refusal_ = "the connection was closed";
    }
}

}  // namespace rookery::load
