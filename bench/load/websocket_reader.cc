#include "load/websocket_reader.h"

#include <cstdint>

namespace rookery::load {

namespace {

constexpr std::uint64_t kFrameBytesMax = std::uint64_t{16} << 20;

WebSocketReader::Kind kind_of(unsigned opcode) {
    switch (opcode) {
        case 1:
            return WebSocketReader::Kind::kText;
        case 8:
            return WebSocketReader::Kind::kClose;
        case 9:
            return WebSocketReader::Kind::kPing;
        default:
            return WebSocketReader::Kind::kOther;
    }
}

}  // namespace

bool WebSocketReader::feed(std::string_view bytes, const Heard& heard) {
    buffer_ += bytes;
    std::string_view rest = buffer_;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
    while (rest.size() >= 2) {
        if ((byte(1) & 0x80U) != 0) {
            return false;  // a server does not mask
        }
        std::uint64_t size = byte(1) & 0x7FU;
        std::size_t head = 2;
        if (size >= 126) {
            const std::size_t more = size == 126 ? 2 : 8;
            if (rest.size() < head + more) {
                break;
            }
            size = 0;
            for (std::size_t i = 0; i < more; ++i) {
                size = (size << 8U) | byte(head + i);
            }
            head += more;
        }
        if (size > kFrameBytesMax) {
            return false;
        }
        if (rest.size() < head + size) {
            break;
        }
        heard(kind_of(byte(0) & 0x0FU), rest.substr(head, size));
        rest.remove_prefix(head + size);
    }
    buffer_.erase(0, buffer_.size() - rest.size());
    if (buffer_.empty()) {
        buffer_.shrink_to_fit();  // there are thousands of streams
    }
    return true;
}

std::string masked_frame(unsigned opcode, std::string_view payload) {
    payload = payload.substr(0, 125);
    std::string frame;
    frame += static_cast<char>(0x80U | opcode);
    frame += static_cast<char>(0x80U | payload.size());
    frame.append(4, '\0');  // a mask of zeros leaves the payload as it is
    frame += payload;
    return frame;
}

}  // namespace rookery::load
