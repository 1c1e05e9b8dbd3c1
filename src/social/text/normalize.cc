#include "social/text/render.h"
#include "social/text/unicode.h"

namespace rookery::social::text {

namespace {

constexpr CodePoint kReplacement = 0xFFFD;

std::string without_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const CodePoint c = next_code_point(text, at);
        if (c < 0) {
            append_utf8(out, kReplacement);
        } else if (c == '\r') {
            if (at >= text.size() || text[at] != '\n') {
                out.push_back('\n');
            }
        } else if (c == '\t') {
            out.push_back(' ');
        } else if (c == '\n' || !is_control(c)) {
            out.append(text.substr(here, at - here));
        }
    }
    return out;
}

}  // namespace

std::string normalize_input(std::string_view text) {
    const std::string clean = without_controls(text);
    std::size_t begin = 0;
    for (std::size_t at = 0; is_white_space(next_code_point(clean, at));) {
        begin = at;
    }
    std::size_t end = clean.size();
    while (end > begin && is_white_space(code_point_before(clean, end))) {
        do {  // back to the lead byte
            --end;
        } while ((static_cast<unsigned char>(clean[end]) & 0xC0U) == 0x80U);
    }
    return clean.substr(begin, end - begin);
}

}  // namespace rookery::social::text
