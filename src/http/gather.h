#pragma once

#include "http/response.h"

#include <sys/uio.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace rookery::http {

/// Bytes of the fragments and the body together.
[[nodiscard]] std::size_t body_size(const Response& response);

/// Fills `out` with what is left to send of a head and, if asked for, its response's fragments and
/// body, `sent` bytes having left already; no more pieces than one sendmsg() takes.
void gather_pieces(
    std::string_view head,
    const Response& response,
    bool with_body,
    std::size_t sent,
    std::vector<iovec>& out
);

}  // namespace rookery::http
