#include "api/limiter/limit_request.h"

namespace rookery::api::limiter {

void append_escaped(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == '\\' || c == ',' || c == '=') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
}

void append_entries(const std::vector<Entry>& entries, std::string& out) {
    bool is_first = true;
    for (const Entry& entry : entries) {
        if (!is_first) {
            out.push_back(',');
        }
        is_first = false;
        append_escaped(entry.key, out);
        out.push_back('=');
        append_escaped(entry.value, out);
    }
}

}  // namespace rookery::api::limiter
