#include "http/connection.h"
#include "http/event_stream.h"
#include "http/websocket_handshake.h"
#include "http/websocket_stream.h"

namespace rookery::http {

Task<bool> Connection::upgrade(Response response) {
    std::shared_ptr<PushStream> stream;
    const bool is_web_socket = std::holds_alternative<WebSocketUpgrade>(response.upgrade);
    auto upgrade = std::move(response.upgrade);
    response.upgrade = std::monostate();
    response.fragments.clear();
    response.body.clear();
    if (is_web_socket) {
        auto accept = accept_web_socket(*request_);
        if (!accept) {
            Response refusal = error_response(426, accept.error().message);
            refusal.header("Upgrade", "websocket").header("Sec-WebSocket-Version", "13");
            const bool goes_on = co_await answer(std::move(refusal));
            co_return goes_on;
        }
        response.status = 101;
        response.header("Upgrade", "websocket").header("Sec-WebSocket-Accept", std::move(*accept));
        if (const auto& protocol = std::get<WebSocketUpgrade>(upgrade).protocol;
            !protocol.empty()) {
            response.header("Sec-WebSocket-Protocol", protocol);
        }
    } else {
        response.header("Content-Type", "text/event-stream")
            .header("Cache-Control", "no-store")
            .header("X-Accel-Buffering", "no");  // nginx would hold the events back
        if (!parser_.is_http_1_0()) {
            response.header("Transfer-Encoding", "chunked");
        }
    }
    HeadFacts facts = begin_facts(false);
    if (is_web_socket) {
        facts.connection_line = "Connection: Upgrade\r\n";
    }
    head_.clear();
    append_head(response, facts, head_);
    sent_bytes_ = 0;
    const int status = response.status;
    const Sent sent = send_some(response, false);
    record(status);
    if (sent != Sent::kAll || request_->method == Method::kHead) {
        co_return false;
    }
    if (is_web_socket) {
        stream = std::make_shared<WebSocketStream>(
            worker_,
            std::move(socket_),
            std::get<WebSocketUpgrade>(upgrade).on_open,
            std::string(buffer_.view())
        );
    } else {
        stream = std::make_shared<EventStream>(
            worker_,
            std::move(socket_),
            std::get<EventStreamUpgrade>(upgrade).on_open,
            !parser_.is_http_1_0()
        );
    }
    worker_.tasks().spawn(worker_.executor(), PushStream::serve(std::move(stream)));
    co_return false;
}

}  // namespace rookery::http
