#include "http/websocket_handshake.h"

#include "base/encoding.h"
#include "http/websocket_frame.h"

#include <algorithm>

namespace rookery::http {

namespace {

bool has_list_token(const Request& request, std::string_view lower_name, std::string_view token) {
    for (const auto& [name, value] : request.headers) {
        if (name != lower_name) {
            continue;
        }
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(','), rest.size());
            if (ascii_iequals(trim_ascii(rest.substr(0, end)), token)) {
                return true;
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return false;
}

}  // namespace

Result<std::string> accept_web_socket(const Request& request) {
    if (request.method != Method::kGet || !has_list_token(request, "upgrade", "websocket") ||
        !has_list_token(request, "connection", "upgrade")) {
        return fail(ErrorCode::kInvalid, "This address speaks WebSocket only");
    }
    if (request.header("sec-websocket-version") != "13") {
        return fail(ErrorCode::kInvalid, "The header Sec-WebSocket-Version must be 13");
    }
    const auto key = request.header("sec-websocket-key");
    const auto decoded = base64_decode(key.value_or(""));
    if (!key || !decoded || decoded->size() != 16) {
        return fail(ErrorCode::kInvalid, "The header Sec-WebSocket-Key is missing or malformed");
    }
    return websocket_accept(*key);
}

}  // namespace rookery::http
