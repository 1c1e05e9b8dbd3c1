#include "store/rocks_log.h"

#include "base/log.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace rookery::store {

void RocksLog::Logv(const char* format, va_list arguments) {
    std::array<char, 1024> line{};
    const int size = std::vsnprintf(line.data(), line.size(), format, arguments);
    if (size > 0) {
        log::warning("rocksdb", {{"text", std::string_view(line.data())}});
    }
}

}  // namespace rookery::store
