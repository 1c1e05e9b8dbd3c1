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

/// Copies `pieces` into `buffer` and leaves one piece in their place, if they are many and small
/// enough for it. The kernel copies a piece that is in no cache of the processor at half the speed
/// of memcpy(), and stays at that speed for each piece anew: answers put together of sixty pieces
/// cost less when they are copied twice. `buffer` is only ever grown, to a bound.
void join_small_pieces(std::vector<iovec>& pieces, std::vector<char>& buffer);

}  // namespace rookery::http
