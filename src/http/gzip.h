#pragma once

#include "http/response.h"

#include <string>

namespace rookery::http {

/// Compresses the fragments and the body, one after another, to gzip (RFC 1952). `level` is 1 to 9:
/// 1 and 2 by ISA-L (https://github.com/intel/isa-l), which takes a quarter and a half of the time
/// that zlib takes for 1; the others by zlib. Each thread keeps a compressor of 80 to 380 KB, and
/// up to 256 KB of text. Empty if that fails.
[[nodiscard]] std::string gzip(const Response& response, int level);

}  // namespace rookery::http
