#pragma once

#include "http/request.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rookery::http {

/// Reads the head of an HTTP/1.x request (RFC 9112) as its bytes come in. Strict: what a proxy in
/// front could read differently (bare line feeds, folded headers, repeated or contradicting
/// lengths, blanks before a colon) is refused, since that is what request smuggling is made of.
/// Allocates nothing for a header but its place in a vector that is kept from request to request.
class RequestParser {
public:
    struct Limits {
        std::size_t head_bytes_max = 16 * 1024;
        std::size_t header_count_max = 100;
    };
    enum class Status : unsigned char { kNeedMore, kComplete, kRefused };

    explicit RequestParser(Limits limits) : limits_(limits) {}

    /// `bytes` is all that has come since the start of the request, so it begins with what the
    /// former call saw; no byte is looked at twice. After kComplete or kRefused call reset().
    Status parse(std::string_view bytes);

    /// Ready for the next request.
    void reset();

    // The following are valid after kComplete.

    /// Bytes of the head, its empty line included; the body begins there.
    [[nodiscard]] std::size_t head_size() const { return line_begin_; }
    [[nodiscard]] bool is_chunked() const { return chunked_; }
    [[nodiscard]] std::uint64_t content_length() const { return content_length_.value_or(0); }
    [[nodiscard]] bool has_body() const { return chunked_ || content_length() > 0; }
    [[nodiscard]] bool expects_continue() const { return expects_continue_; }
    [[nodiscard]] bool is_http_1_0() const { return minor_version_ == 0; }
    [[nodiscard]] bool keeps_alive() const {
        return is_http_1_0() ? keep_alive_option_ && !close_option_ : !close_option_;
    }
    /// Copies method, path, query and headers, reusing what `out` has allocated. `bytes` as given
    /// to parse().
    void fill(std::string_view bytes, Request& out) const;

    // The following are valid after kRefused.

    [[nodiscard]] int refusal_status() const { return refusal_status_; }
    [[nodiscard]] std::string_view refusal_text() const { return refusal_text_; }

private:
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
        [[nodiscard]] std::string_view in(std::string_view bytes) const {
            return bytes.substr(begin, size);
        }
    };
    struct Field {
        Span name;
        Span value;
    };

    bool parse_line(std::string_view bytes, std::size_t begin, std::size_t end);
    bool parse_request_line(std::string_view bytes, std::size_t begin, std::size_t end);
    bool parse_target(std::string_view bytes, Span target);
    bool parse_version(std::string_view version);
    bool parse_field(std::string_view bytes, std::size_t begin, std::size_t end);
    bool note_field(std::string_view name, std::string_view value);
    bool note_content_length(std::string_view value);
    bool note_transfer_encoding(std::string_view value);
    void note_connection(std::string_view value);
    bool check_whole();
    bool refuse(int status, std::string_view text);

    Limits limits_;
    std::size_t line_begin_ = 0;  ///< where the line begins that is not complete yet
    std::size_t scanned_ = 0;     ///< no line feed in [line_begin_, scanned_)
    bool has_request_line_ = false;
    bool is_complete_ = false;

    Method method_ = Method::kGet;
    Span path_;
    Span query_;
    int minor_version_ = 1;
    std::vector<Field> fields_;
    unsigned hosts_ = 0;
    std::optional<std::uint64_t> content_length_;
    bool chunked_ = false;
    bool expects_continue_ = false;
    bool close_option_ = false;
    bool keep_alive_option_ = false;

    int refusal_status_ = 0;
    std::string_view refusal_text_;
};

}  // namespace rookery::http
