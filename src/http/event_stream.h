#pragma once

#include "http/push_stream.h"

namespace rookery::http {

/// A stream of server-sent events (https://html.spec.whatwg.org/#server-sent-events) after its
/// head: each message is one chunk (RFC 9112, section 7.1), or bare bytes for HTTP/1.0.
class EventStream final : public PushStream {
public:
    EventStream(Worker& worker, Socket socket, OnOpen on_open, bool is_chunked);

protected:
    [[nodiscard]] std::uint8_t message_kind() const override;
    std::size_t write_prefix(const Item& item, char* out) const override;
    [[nodiscard]] std::string_view suffix(const Item& item) const override;
    void on_begin() override;
    void on_open_done() override {}
    void on_bytes(std::string_view /*bytes*/) override {}
    void say_goodbye(std::uint16_t code, const std::string& reason) override;
    void on_said_goodbye() override { finish(); }
    void on_sweep(SteadyTime now) override;

private:
    [[nodiscard]] bool has_frame(const Item& item) const;
    void beat(SteadyTime now, const Fragment& comment);

    bool is_chunked_;
    Fragment thump_;
    SteadyTime next_beat_;
};

}  // namespace rookery::http
