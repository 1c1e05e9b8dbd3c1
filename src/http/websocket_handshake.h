#pragma once

#include "base/result.h"
#include "http/request.h"

#include <string>

namespace rookery::http {

/// Checks the client's half of the opening handshake (RFC 6455, section 4.2.1) and returns the
/// value of Sec-WebSocket-Accept; kInvalid with a text that says what is missing.
[[nodiscard]] Result<std::string> accept_web_socket(const Request& request);

}  // namespace rookery::http
