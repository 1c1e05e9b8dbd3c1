#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace rookery::load {

/// What a WebSocket server sends (RFC 6455), taken apart however its bytes are cut. Enough for a
/// client that listens: messages in one frame, pings, and the end.
class WebSocketReader {
public:
    enum class Kind { kText, kPing, kClose, kOther };
    using Heard = std::function<void(Kind kind, std::string_view payload)>;

    /// False if the bytes break the protocol; then nothing more is taken.
    [[nodiscard]] bool feed(std::string_view bytes, const Heard& heard);

private:
    std::string buffer_;
};

/// A client's frame, which must be masked; `payload` has at most 125 bytes.
[[nodiscard]] std::string masked_frame(unsigned opcode, std::string_view payload);

}  // namespace rookery::load
