// A client's frames, read whole and read in two parts, which must come to the same.

#include "http/websocket_frame.h"

#include "base/encoding.h"
#include "fuzz/fuzz_input.h"

#include <algorithm>
#include <array>
#include <string>

namespace rookery::http {

namespace {

constexpr std::size_t kMessageBytesMax = 500;

std::string read(std::string_view bytes, std::size_t split) {
    using Event = WebSocketDecoder::Event;
    WebSocketDecoder decoder(kMessageBytesMax);
    std::string log;
    for (std::string_view part : std::array{bytes.substr(0, split), bytes.substr(split)}) {
        for (;;) {
            const Event event = decoder.next(part);
            if (event == Event::kNeedMore) {
                fuzz::require(part.empty(), "whatever can be read is read");
                break;
            }
            log += std::to_string(static_cast<int>(event));
            if (event == Event::kFailed) {
                return log + std::to_string(decoder.close_code());
            }
            const std::string payload = decoder.take_payload();
            fuzz::require(payload.size() <= kMessageBytesMax, "a message keeps to its limit");
            fuzz::require(event != Event::kText || is_valid_utf8(payload), "a text is UTF-8");
            log += payload;
        }
    }
    return log;
}

}  // namespace

}  // namespace rookery::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = rookery::fuzz::as_text(data, size).substr(1);
    const std::size_t split = std::min<std::size_t>(data[0], bytes.size());
    rookery::fuzz::require(
        rookery::http::read(bytes, bytes.size()) == rookery::http::read(bytes, split),
        "the events do not depend on the split"
    );
    return 0;
}
