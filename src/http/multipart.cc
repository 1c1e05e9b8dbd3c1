#include "base/encoding.h"
#include "http/body_params.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::http {

namespace {

constexpr std::size_t kPartHeadBytesMax = 4 * 1024;
constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046, section 5.1.1

struct PartHead {
    std::string name;
    std::string filename;
    bool is_file = false;
    std::string content_type;
};

/// RFC 8187's `UTF-8''percent%20encoded`, decoded; empty if it is in another charset.
std::string decode_extended(std::string_view value) {
    const std::size_t first = value.find('\'');
    const std::size_t second = first == value.npos ? value.npos : value.find('\'', first + 1);
    if (second == value.npos || !ascii_iequals(value.substr(0, first), "utf-8")) {
        return {};
    }
    return percent_decode(value.substr(second + 1), false);
}

Result<PartHead> parse_part_head(std::string_view text) {
    PartHead head;
    bool has_disposition = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            return fail(ErrorCode::kInvalid, "The multipart body has a malformed header");
        }
        const std::string_view value = trim_ascii(line.substr(colon + 1));
        if (ascii_iequals(line.substr(0, colon), "content-disposition")) {
            has_disposition = true;
            head.name = header_parameter(value, "name").value_or("");
            const auto filename = header_parameter(value, "filename");
            const auto extended = header_parameter(value, "filename*");
            head.is_file = filename || extended;
            head.filename = decode_extended(extended.value_or(""));
            if (head.filename.empty()) {
                head.filename = filename.value_or("");
            }
        } else if (ascii_iequals(line.substr(0, colon), "content-type")) {
            head.content_type = value;
        }
    }
    if (!has_disposition || head.name.empty()) {
        return fail(ErrorCode::kInvalid, "A part of the multipart body has no name");
    }
    return head;
}

void add_part(PartHead head, std::string_view content, Request& out) {
    if (!head.is_file) {
        out.params.add(std::move(head.name), std::string(content));
    } else if (!head.filename.empty() || !content.empty()) {  // a form's file field left empty
        out.files.push_back(
            {std::move(head.name),
             std::move(head.filename),
             std::move(head.content_type),
             std::string(content)}
        );
    }
}

Error cut_short() {
    return fail(ErrorCode::kInvalid, "The multipart body ends before its last boundary");
}

}  // namespace

Result<void> parse_multipart(
    std::string_view body,
    std::string_view boundary,
    std::size_t params_max,
    Request& out
) {
    if (boundary.empty() || boundary.size() > kBoundaryBytesMax) {
        return fail(ErrorCode::kInvalid, "The multipart body has no usable boundary");
    }
    const std::string delimiter = fmt::format("\r\n--{}", boundary);
    // The first delimiter may stand at the very start, without the line's end before it.
    const std::string_view first = std::string_view(delimiter).substr(2);
    std::size_t at = body.starts_with(first) ? first.size() : body.find(delimiter);
    if (at == std::string_view::npos) {
        return cut_short();
    }
    at = body.starts_with(first) ? at : at + delimiter.size();
    for (;;) {
        std::string_view rest = body.substr(at);
        if (rest.starts_with("--")) {
            return {};
        }
        const std::size_t padding = std::min(rest.find_first_not_of(" \t"), rest.size());
        rest.remove_prefix(padding);
        if (!rest.starts_with("\r\n")) {
            return rest.empty() ? cut_short()
                                : fail(ErrorCode::kInvalid, "The multipart body is malformed");
        }
        const std::size_t head_end = rest.substr(0, kPartHeadBytesMax).find("\r\n\r\n");
        if (head_end == std::string_view::npos) {
            return fail(ErrorCode::kInvalid, "A part of the multipart body has a malformed head");
        }
        TRY(PartHead head, parse_part_head(rest.substr(2, std::max<std::size_t>(head_end, 2) - 2)));
        // The content may be empty, and then shares its CR LF with the end of the head.
        const std::string_view content = rest.substr(head_end + 4);
        const std::size_t end = rest.substr(head_end + 2).find(delimiter);
        if (end == std::string_view::npos) {
            return cut_short();
        }
        if (out.params.all().size() + out.files.size() >= params_max) {
            return fail(ErrorCode::kTooLarge, "The request has too many parameters");
        }
        add_part(std::move(head), content.substr(0, end >= 2 ? end - 2 : 0), out);
        at += padding + head_end + 2 + end + delimiter.size();
    }
}

}  // namespace rookery::http
