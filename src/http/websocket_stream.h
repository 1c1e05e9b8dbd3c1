#pragma once

#include "http/push_stream.h"
#include "http/websocket_frame.h"

namespace rookery::http {

/// A WebSocket (RFC 6455) after its opening handshake.
class WebSocketStream final : public PushStream {
public:
    /// `early_bytes`: what came behind the handshake's request.
    WebSocketStream(Worker& worker, Socket socket, OnOpen on_open, std::string early_bytes);

protected:
    [[nodiscard]] std::uint8_t message_kind() const override;
    std::size_t write_prefix(const Item& item, char* out) const override;
    [[nodiscard]] std::string_view suffix(const Item& /*item*/) const override { return {}; }
    void on_begin() override;
    void on_open_done() override;
    void on_bytes(std::string_view bytes) override;
    void say_goodbye(std::uint16_t code, const std::string& reason) override;
    void on_said_goodbye() override;
    void on_sweep(SteadyTime now) override;

private:
    void on_event(WebSocketDecoder::Event event);
    void send_control(Opcode opcode, std::string payload);

    WebSocketDecoder decoder_;
    std::string early_bytes_;
    SteadyTime next_ping_;
    bool is_awaiting_pong_ = false;
    bool has_peer_closed_ = false;
};

}  // namespace rookery::http
