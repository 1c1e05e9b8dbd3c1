#include "base/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace rookery::log {

namespace {

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = std::make_shared<spdlog::logger>(
            "rookery", std::make_shared<spdlog::sinks::stderr_sink_mt>()
        );
        made->set_formatter(std::make_unique<spdlog::pattern_formatter>(
            "%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc
        ));
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::kDebug:
            return spdlog::level::debug;
        case Level::kInfo:
            return spdlog::level::info;
        case Level::kWarning:
            return spdlog::level::warn;
        case Level::kError:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

void append_value(std::string& line, std::string_view value) {
    const bool plain =
        !value.empty() && value.find_first_of(" \"=\\\n\r\t") == std::string_view::npos;
    if (plain) {
        line += value;
        return;
    }
    line.push_back('"');
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            line.push_back('\\');
            line.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            line += c == '\n' ? "\\n" : " ";  // one event is one line, whatever a client sent
        } else {
            line.push_back(c);
        }
    }
    line.push_back('"');
}

}  // namespace

void write(Level level, std::string_view event, Fields fields) {
    if (!logger().should_log(to_spdlog(level))) {
        return;
    }
    std::string line = "event=";
    append_value(line, event);
    for (const Field& field : fields) {
        line.push_back(' ');
        line += field.key;
        line.push_back('=');
        append_value(line, field.value);
    }
    logger().log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

bool enabled(Level level) {
    return logger().should_log(to_spdlog(level));
}

void set_level(Level level) {
    logger().set_level(to_spdlog(level));
}

}  // namespace rookery::log
