#pragma once

#include "http/push_channel.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rookery::http {

/// A text that many answers may share without a copy.
using Fragment = std::shared_ptr<const std::string>;

/// Bytes of an answer, and who keeps them where they are.
struct Piece {
    Piece() = default;
    // Not explicit: a fragment is a piece.
    // NOLINTNEXTLINE(google-explicit-constructor, hicpp-explicit-conversions)
    Piece(Fragment fragment) : bytes(*fragment), owner(std::move(fragment)) {}
    Piece(std::string_view text, std::uint64_t known_hash, std::shared_ptr<const void> keeper)
        : bytes(text), hash(known_hash), owner(std::move(keeper)) {}

    std::string_view bytes;
    /// Of the bytes, or of all that they were made of, by a KeyedHash (entity_tag.h); 0: not known.
    /// Pieces that are sent again and again have one, so that an entity tag is made without reading
    /// them.
    std::uint64_t hash = 0;
    std::shared_ptr<const void> owner;
};

/// What becomes of the connection once the response's head is out.
struct EventStreamUpgrade {
    /// Called once on the connection's executor when the stream is open. See PushChannel.
    std::function<void(std::shared_ptr<PushChannel>)> on_open;
};
struct WebSocketUpgrade {
    std::function<void(std::shared_ptr<PushChannel>)> on_open;
    /// Echoed as Sec-WebSocket-Protocol if not empty.
    std::string protocol;
};

/// An answer. Connection management, Date, Content-Length, ETag comparison and compression are the
/// server's business, not a handler's.
struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Sent one after another, before the body.
    std::vector<Piece> fragments;
    /// Sent after the fragments.
    std::string body;
    /// Set on answers worth comparing: the server then adds a weak ETag made from the bytes and
    /// answers 304 to a matching If-None-Match.
    bool etag = false;
    std::variant<std::monostate, EventStreamUpgrade, WebSocketUpgrade> upgrade;

    Response& header(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }

    [[nodiscard]] static Response json(std::string body, int status = 200);
    [[nodiscard]] static Response html(std::string body, int status = 200);
    [[nodiscard]] static Response text(std::string body, int status = 200);
    [[nodiscard]] static Response redirect(std::string location, int status = 302);
};

}  // namespace rookery::http
