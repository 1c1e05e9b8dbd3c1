#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace rookery::log {

enum class Level { kDebug, kInfo, kWarning, kError };

/// One key=value of a log line. The line is logfmt: values with spaces or quotes are quoted.
struct Field {
    Field(std::string_view k, std::string_view v) : key(k), value(v) {}
    Field(std::string_view k, const char* v) : key(k), value(v) {}
    Field(std::string_view k, bool v) : key(k), value(v ? "true" : "false") {}
    template <class Number>
        requires std::is_arithmetic_v<Number>
    Field(std::string_view k, Number v) : key(k), value(std::to_string(v)) {}

    std::string_view key;
    std::string value;
};

using Fields = std::initializer_list<Field>;

/// Lines go to standard error: `2026-11-21T10:00:00.000Z info event="server started" port=8080`.
/// Thread-safe. `event` is a short constant phrase; what varies goes into fields.
void write(Level level, std::string_view event, Fields fields = {});
/// Lines below `level` are dropped. Default: info.
void set_level(Level level);
/// False if such a line would be dropped: spares hot paths the making of its fields.
[[nodiscard]] bool enabled(Level level);

inline void debug(std::string_view event, Fields fields = {}) {
    write(Level::kDebug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
    write(Level::kInfo, event, fields);
}
inline void warning(std::string_view event, Fields fields = {}) {
    write(Level::kWarning, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
    write(Level::kError, event, fields);
}

}  // namespace rookery::log
