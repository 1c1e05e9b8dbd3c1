#include "http/event_stream.h"

#include <charconv>

namespace rookery::http {

namespace {

constexpr std::uint8_t kMessage = 0;
constexpr std::uint8_t kEnd = 1;  // bytes as they are

}  // namespace

EventStream::EventStream(Worker& worker, Socket socket, OnOpen on_open, bool is_chunked)
    : PushStream(worker, std::move(socket), std::move(on_open), worker.shared().event_streams),
      is_chunked_(is_chunked),
      thump_(std::make_shared<const std::string>(":thump\n")) {}

/// An empty chunk would end the body.
bool EventStream::has_frame(const Item& item) const {
    return is_chunked_ && item.kind != kEnd && !item.payload->empty();
}

std::uint8_t EventStream::message_kind() const {
    return kMessage;
}

std::size_t EventStream::write_prefix(const Item& item, char* out) const {
    if (!has_frame(item)) {
        return 0;
    }
    char* const end = std::to_chars(out, out + kPrefixBytesMax - 2, item.payload->size(), 16).ptr;
    end[0] = '\r';
    end[1] = '\n';
    return static_cast<std::size_t>(end - out) + 2;
}

std::string_view EventStream::suffix(const Item& item) const {
    return has_frame(item) ? "\r\n" : "";
}

void EventStream::on_begin() {
    beat(worker().now(), std::make_shared<const std::string>(":)\n"));
}

void EventStream::on_sweep(SteadyTime now) {
    if (now >= next_beat_) {
        beat(now, thump_);
    }
}

/// A comment line, which keeps proxies from closing the connection and finds dead clients.
void EventStream::beat(SteadyTime now, const Fragment& comment) {
    next_beat_ = now + std::chrono::milliseconds(worker().config().event_stream_heartbeat_ms);
    enqueue({comment, kMessage});
}

void EventStream::say_goodbye(std::uint16_t /*code*/, const std::string& /*reason*/) {
    enqueue({std::make_shared<const std::string>(is_chunked_ ? "0\r\n\r\n" : ""), kEnd});
}

}  // namespace rookery::http
