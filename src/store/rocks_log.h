#pragma once

#include <rocksdb/env.h>

#include <cstdarg>

namespace rookery::store {

/// RocksDB's warnings and errors, as lines of our log. A log file of its own in the data directory
/// would fail with the disk, and a RocksDB built with assertions (Debian's) aborts when it does.
class RocksLog final : public rocksdb::Logger {
public:
    RocksLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

    using rocksdb::Logger::Logv;
    void Logv(const char* format, va_list arguments) override;
};

}  // namespace rookery::store
