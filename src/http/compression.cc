#include "http/compression.h"

#include "base/encoding.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace rookery::http {

namespace {

constexpr int kGzipWindowBits = 15 + 16;  // zlib.h: 16 asks for the gzip wrapper

/// A deflate stream that is reset, not rebuilt, from answer to answer.
class Deflater {
public:
    explicit Deflater(int level) : level_(level) {
        ready_ =
            deflateInit2(
                &stream_, level, Z_DEFLATED, kGzipWindowBits, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY
            ) == Z_OK;
    }
    ~Deflater() {
        if (ready_) {
            deflateEnd(&stream_);
        }
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    [[nodiscard]] bool is_ready_for(int level) const { return ready_ && level_ == level; }

    void begin() { deflateReset(&stream_); }

    [[nodiscard]] bool add(std::string_view bytes, bool last, std::string& out) {
        // zlib's interface predates const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        std::array<char, 16 * 1024> chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(chunk.data());
            stream_.avail_out = static_cast<uInt>(chunk.size());
            if (deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) {
                return false;
            }
            out.append(chunk.data(), chunk.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return true;
    }

private:
    z_stream stream_{};
    int level_;
    bool ready_ = false;
};

std::string_view take_element(std::string_view& list, char separator) {
    const std::size_t end = std::min(list.find(separator), list.size());
    const std::string_view element = trim_ascii(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return element;
}

/// True for "q=0", "q=0.0" and the like.
bool is_zero_weight(std::string_view parameter) {
    return (parameter.starts_with("q=") || parameter.starts_with("Q=")) && parameter.size() > 2 &&
           parameter.find_first_not_of("0.", 2) == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    // RFC 9110, section 8.4.1.3: x-gzip is another name of it.
    return accepts_coding(accept_encoding, "gzip", "x-gzip");
}

bool accepts_coding(
    std::string_view accept_encoding,
    std::string_view name,
    std::string_view other_name
) {
    bool by_wildcard = false;
    while (!accept_encoding.empty()) {
        std::string_view element = take_element(accept_encoding, ',');
        const std::string_view coding = take_element(element, ';');
        bool refused = false;
        while (!element.empty()) {
            refused = is_zero_weight(take_element(element, ';')) || refused;
        }
        if (ascii_iequals(coding, name) ||
            (!other_name.empty() && ascii_iequals(coding, other_name))) {
            return !refused;
        }
        by_wildcard = by_wildcard || (coding == "*" && !refused);
    }
    return by_wildcard;
}

bool is_compressible(std::string_view content_type) {
    const std::string_view type =
        trim_ascii(content_type.substr(0, std::min(content_type.find(';'), content_type.size())));
    constexpr std::array<std::string_view, 6> kTypes{
        "application/json",
        "application/javascript",
        "application/manifest+json",
        "application/xml",
        "application/wasm",
        "image/svg+xml"
    };
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           std::ranges::find(kTypes, type) != kTypes.end();
}

std::string gzip(const Response& response, int level) {
    thread_local std::unique_ptr<Deflater> deflater;
    if (!deflater || !deflater->is_ready_for(level)) {
        deflater = std::make_unique<Deflater>(level);
        if (!deflater->is_ready_for(level)) {
            return {};
        }
    }
    deflater->begin();
    std::string out;
    for (const Piece& fragment : response.fragments) {
        if (!deflater->add(fragment.bytes, false, out)) {
            return {};
        }
    }
    return deflater->add(response.body, true, out) ? out : std::string();
}

}  // namespace rookery::http
