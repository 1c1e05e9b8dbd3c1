#include "store/rocks_log.h"

#include "base/log.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace rookery::store {

namespace {

/// Said when the first file of a bulk load is taken in, which has no id to compare with yet.
constexpr std::string_view kSaidOfBulkLoads = "opened without unique ID to verify";

}  // namespace

void RocksLog::Logv(const char* format, va_list arguments) {
    std::array<char, 1024> line{};
    const int size = std::vsnprintf(line.data(), line.size(), format, arguments);
    const std::string_view text(line.data());
    if (size > 0 && !text.contains(kSaidOfBulkLoads)) {
        log::warning("rocksdb", {{"text", text}});
    }
}

}  // namespace rookery::store
