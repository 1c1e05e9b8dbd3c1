#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::http {

/// RFC 6455, section 5.2.
enum class Opcode : std::uint8_t {
    kContinuation = 0x0,
    kText = 0x1,
    kBinary = 0x2,
    kClose = 0x8,
    kPing = 0x9,
    kPong = 0xA,
};

inline constexpr std::size_t kFrameHeaderBytesMax = 10;  ///< of a server's frame, which has no mask

/// Writes the header of an unmasked, final frame to `out` and returns its size.
std::size_t write_frame_header(Opcode opcode, std::uint64_t payload_size, char* out);

/// The payload of a close frame; the reason is cut to what fits into a control frame.
[[nodiscard]] std::string close_payload(std::uint16_t code, std::string_view reason);

/// The value of Sec-WebSocket-Accept (RFC 6455, section 4.2.2).
[[nodiscard]] std::string websocket_accept(std::string_view key);

/// Reads the frames that a client sends, as their bytes come in, and puts messages together from
/// their fragments.
class WebSocketDecoder {
public:
    enum class Event : std::uint8_t { kNeedMore, kText, kBinary, kPing, kPong, kClose, kFailed };

    explicit WebSocketDecoder(std::size_t message_bytes_max)
        : message_bytes_max_(message_bytes_max) {}

    /// Takes bytes off the front of `bytes` up to the next event. After kFailed the decoder is of
    /// no more use.
    Event next(std::string_view& bytes);

    /// The payload of the event just returned: a text in valid UTF-8, a ping's bytes.
    [[nodiscard]] std::string take_payload() { return std::exchange(payload_, {}); }

    /// After kClose: the client's code, 1005 if it gave none. After kFailed: the code to close with
    /// (RFC 6455, section 7.4.1).
    [[nodiscard]] std::uint16_t close_code() const { return close_code_; }

private:
    [[nodiscard]] std::size_t header_size() const;
    bool read_header(std::string_view& bytes);
    bool begin_frame();
    void read_payload(std::string_view& bytes);
    Event end_frame();
    Event end_message();
    Event end_close();
    Event fail(std::uint16_t code);
    [[nodiscard]] bool is_control() const { return (opcode_ & 0x8U) != 0; }

    std::size_t message_bytes_max_;
    std::array<unsigned char, 14> header_{};
    std::size_t header_bytes_ = 0;
    bool in_payload_ = false;
    bool is_final_ = false;
    std::uint8_t opcode_ = 0;
    std::uint64_t payload_left_ = 0;
    std::size_t mask_at_ = 0;
    std::array<unsigned char, 4> mask_{};
    std::uint8_t message_opcode_ = 0;  ///< 0: no message is open
    std::string message_;
    std::string control_;
    std::string payload_;
    std::uint16_t close_code_ = 0;
};

}  // namespace rookery::http
