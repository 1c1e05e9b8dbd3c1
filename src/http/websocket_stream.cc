#include "http/websocket_stream.h"

namespace rookery::http {

namespace {

constexpr std::uint16_t kNormalClosure = 1000;
constexpr std::uint16_t kUnsupportedData = 1003;
constexpr std::uint16_t kNoCode = 1005;

}  // namespace

WebSocketStream::WebSocketStream(
    Worker& worker,
    Socket socket,
    OnOpen on_open,
    std::string early_bytes
)
    : PushStream(worker, std::move(socket), std::move(on_open), worker.shared().web_sockets),
      decoder_(worker.config().websocket_message_bytes_max),
      early_bytes_(std::move(early_bytes)) {}

std::uint8_t WebSocketStream::message_kind() const {
    return static_cast<std::uint8_t>(Opcode::kText);
}

std::size_t WebSocketStream::write_prefix(const Item& item, char* out) const {
    return write_frame_header(static_cast<Opcode>(item.kind), item.payload->size(), out);
}

void WebSocketStream::on_begin() {
    next_ping_ =
        worker().now() + std::chrono::milliseconds(worker().config().websocket_ping_interval_ms);
}

void WebSocketStream::on_open_done() {
    const std::string early = std::move(early_bytes_);
    early_bytes_ = std::string();
    on_bytes(early);
}

void WebSocketStream::on_bytes(std::string_view bytes) {
    is_awaiting_pong_ = false;  // whatever it is, the client is there
    while (!is_finished() && !has_peer_closed_) {
        const WebSocketDecoder::Event event = decoder_.next(bytes);
        if (event == WebSocketDecoder::Event::kNeedMore) {
            return;
        }
        on_event(event);
        if (event == WebSocketDecoder::Event::kFailed) {
            return;
        }
    }
}

void WebSocketStream::on_event(WebSocketDecoder::Event event) {
    switch (event) {
        case WebSocketDecoder::Event::kText:
            if (!is_closing()) {
                deliver_text(decoder_.take_payload());
            }
            return;
        case WebSocketDecoder::Event::kBinary:
            begin_closing(kUnsupportedData, "Only text messages are understood");
            return;
        case WebSocketDecoder::Event::kPing:
            if (!is_closing()) {
                send_control(Opcode::kPong, decoder_.take_payload());
            }
            return;
        case WebSocketDecoder::Event::kClose:
        case WebSocketDecoder::Event::kFailed:
            has_peer_closed_ = true;  // or nothing that it says from now on can be understood
            if (is_closing()) {
                finish();
            } else {
                begin_closing(decoder_.close_code(), "");
            }
            return;
        case WebSocketDecoder::Event::kPong:
        case WebSocketDecoder::Event::kNeedMore:
            return;
    }
}

void WebSocketStream::send_control(Opcode opcode, std::string payload) {
    enqueue(
        {std::make_shared<const std::string>(std::move(payload)), static_cast<std::uint8_t>(opcode)}
    );
}

void WebSocketStream::say_goodbye(std::uint16_t code, const std::string& reason) {
    const std::uint16_t sent_code = code == kNoCode ? kNormalClosure : code;
    send_control(Opcode::kClose, close_payload(sent_code, reason));
}

void WebSocketStream::on_said_goodbye() {
    if (has_peer_closed_) {
        finish();
    }
}

void WebSocketStream::on_sweep(SteadyTime now) {
    if (now < next_ping_) {
        return;
    }
    if (is_awaiting_pong_) {
        cut("it does not answer pings");
        return;
    }
    is_awaiting_pong_ = true;
    next_ping_ = now + std::chrono::milliseconds(worker().config().websocket_ping_interval_ms);
    send_control(Opcode::kPing, "");
}

}  // namespace rookery::http
