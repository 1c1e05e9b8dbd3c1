#include "http/websocket_frame.h"

#include "base/encoding.h"

#include <algorithm>

namespace rookery::http {

namespace {

constexpr std::size_t kControlBytesMax = 125;
constexpr std::uint16_t kProtocolError = 1002;
constexpr std::uint16_t kNoCode = 1005;
constexpr std::uint16_t kNotUtf8 = 1007;
constexpr std::uint16_t kTooBig = 1009;
constexpr std::string_view kAcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// RFC 6455, section 7.4: the codes that may stand in a close frame.
bool is_sendable_code(std::uint16_t code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

bool is_known_opcode(std::uint8_t opcode) {
    return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xA);
}

}  // namespace

std::size_t write_frame_header(Opcode opcode, std::uint64_t payload_size, char* out) {
    out[0] = static_cast<char>(0x80U | static_cast<unsigned>(opcode));
    if (payload_size < 126) {
        out[1] = static_cast<char>(payload_size);
        return 2;
    }
    const std::size_t length_bytes = payload_size <= 0xFFFF ? 2 : 8;
    out[1] = length_bytes == 2 ? 126 : 127;
    for (std::size_t i = 0; i < length_bytes; ++i) {
        out[2 + i] = static_cast<char>(payload_size >> (8 * (length_bytes - 1 - i)));
    }
    return 2 + length_bytes;
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
    std::string payload;
    payload.push_back(static_cast<char>(code >> 8));
    payload.push_back(static_cast<char>(code & 0xFFU));
    reason = reason.substr(0, kControlBytesMax - 2);
    while (!is_valid_utf8(reason)) {
        reason.remove_suffix(1);  // cut inside a character
    }
    payload += reason;
    return payload;
}

std::string websocket_accept(std::string_view key) {
    return base64_encode(sha1(std::string(key) + std::string(kAcceptSuffix)));
}

WebSocketDecoder::Event WebSocketDecoder::next(std::string_view& bytes) {
    for (;;) {
        if (!in_payload_) {
            if (!read_header(bytes)) {
                return Event::kNeedMore;
            }
            if (!begin_frame()) {
                return Event::kFailed;
            }
        }
        read_payload(bytes);
        if (payload_left_ > 0) {
            return Event::kNeedMore;
        }
        in_payload_ = false;
        header_bytes_ = 0;
        if (const Event event = end_frame(); event != Event::kNeedMore) {
            return event;
        }
    }
}

std::size_t WebSocketDecoder::header_size() const {
    if (header_bytes_ < 2) {
        return 2;
    }
    const unsigned length = header_[1] & 0x7FU;
    const std::size_t mask_bytes = (header_[1] & 0x80U) != 0 ? 4 : 0;
    return 2 + (length == 127 ? 8U : length == 126 ? 2U : 0U) + mask_bytes;
}

bool WebSocketDecoder::read_header(std::string_view& bytes) {
    while (header_bytes_ < header_size()) {
        if (bytes.empty()) {
            return false;
        }
        header_.at(header_bytes_++) = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
    }
    return true;
}

bool WebSocketDecoder::begin_frame() {
    is_final_ = (header_[0] & 0x80U) != 0;
    opcode_ = header_[0] & 0x0FU;
    const bool is_masked = (header_[1] & 0x80U) != 0;
    std::uint64_t length = header_[1] & 0x7FU;
    if (length >= 126) {
        const std::size_t length_bytes = length == 126 ? 2 : 8;
        length = 0;
        for (std::size_t i = 0; i < length_bytes; ++i) {
            length = (length << 8) | header_.at(2 + i);
        }
        const std::uint64_t least = length_bytes == 2 ? 126 : 0x10000;
        if (length < least) {
            fail(kProtocolError);
            return false;
        }
    }
    const bool breaks_control = is_control() && (!is_final_ || length > kControlBytesMax);
    const bool breaks_order = !is_control() && ((opcode_ == 0) != (message_opcode_ != 0));
    if ((header_[0] & 0x70U) != 0 || !is_known_opcode(opcode_) || !is_masked || breaks_control ||
        breaks_order) {
        fail(kProtocolError);
        return false;
    }
    if (!is_control() && length > message_bytes_max_ - message_.size()) {
        fail(kTooBig);
        return false;
    }
    if (!is_control() && opcode_ != 0) {
        message_opcode_ = opcode_;
    }
    std::copy_n(header_.begin() + static_cast<std::ptrdiff_t>(header_size() - 4), 4, mask_.begin());
    mask_at_ = 0;
    payload_left_ = length;
    in_payload_ = true;
    return true;
}

void WebSocketDecoder::read_payload(std::string_view& bytes) {
    const std::size_t size = std::min<std::uint64_t>(payload_left_, bytes.size());
    std::string& target = is_control() ? control_ : message_;
    const std::size_t begin = target.size();
    target.append(bytes.substr(0, size));
    for (std::size_t i = begin; i < target.size(); ++i) {
        target[i] = static_cast<char>(static_cast<unsigned char>(target[i]) ^ mask_[mask_at_]);
        mask_at_ = (mask_at_ + 1) & 3U;
    }
    bytes.remove_prefix(size);
    payload_left_ -= size;
}

WebSocketDecoder::Event WebSocketDecoder::end_frame() {
    if (!is_control()) {
        return is_final_ ? end_message() : Event::kNeedMore;
    }
    payload_ = std::move(control_);
    control_.clear();
    switch (static_cast<Opcode>(opcode_)) {
        case Opcode::kPing:
            return Event::kPing;
        case Opcode::kPong:
            return Event::kPong;
        default:
            return end_close();
    }
}

WebSocketDecoder::Event WebSocketDecoder::end_message() {
    const bool is_text = message_opcode_ == static_cast<std::uint8_t>(Opcode::kText);
    payload_ = std::move(message_);
    message_ = {};
    message_opcode_ = 0;
    if (is_text && !is_valid_utf8(payload_)) {
        return fail(kNotUtf8);
    }
    return is_text ? Event::kText : Event::kBinary;
}

WebSocketDecoder::Event WebSocketDecoder::end_close() {
    close_code_ = kNoCode;
    if (payload_.empty()) {
        return Event::kClose;
    }
    if (payload_.size() == 1) {
        return fail(kProtocolError);
    }
    const auto code = static_cast<std::uint16_t>(
        (static_cast<unsigned char>(payload_[0]) << 8U) | static_cast<unsigned char>(payload_[1])
    );
    if (!is_sendable_code(code)) {
        return fail(kProtocolError);
    }
    payload_.erase(0, 2);
    if (!is_valid_utf8(payload_)) {
        return fail(kNotUtf8);
    }
    close_code_ = code;
    return Event::kClose;
}

WebSocketDecoder::Event WebSocketDecoder::fail(std::uint16_t code) {
    close_code_ = code;
    return Event::kFailed;
}

}  // namespace rookery::http
