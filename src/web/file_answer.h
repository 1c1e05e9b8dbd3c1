#pragma once

#include "http/request.h"
#include "http/response.h"
#include "web/folder.h"

namespace rookery::web {

/// The file in the best compression that the client takes, kept for ever if its name is a hashed
/// one and otherwise asked about each time (Cache-Control, RFC 9111, and an ETag).
[[nodiscard]] http::Response file_answer(const File& file, const http::Request& request);

}  // namespace rookery::web
