// The head of a request, its chunked body, and the next request: read whole and read in two parts,
// which must come to the same.

#include "fuzz/fuzz_input.h"
#include "http/chunked_decoder.h"
#include "http/grammar.h"
#include "http/request_parser.h"

#include <algorithm>
#include <string>

namespace rookery::http {

namespace {

constexpr RequestParser::Limits kLimits{.head_bytes_max = 2048, .header_count_max = 20};
constexpr std::size_t kBodyBytesMax = 1000;

struct Reading {
    RequestParser::Status head = RequestParser::Status::kNeedMore;
    int refusal = 0;
    Request request;
    ChunkedDecoder::Status body = ChunkedDecoder::Status::kNeedMore;
    std::size_t left = 0;
};

Reading read(std::string_view bytes, std::size_t split) {
    Reading reading;
    RequestParser parser(kLimits);
    reading.head = parser.parse(bytes.substr(0, split));
    if (reading.head == RequestParser::Status::kNeedMore) {
        reading.head = parser.parse(bytes);
    }
    reading.refusal = parser.refusal_status();
    if (reading.head != RequestParser::Status::kComplete) {
        return reading;
    }
    parser.fill(bytes, reading.request);
    std::string_view rest = bytes.substr(parser.head_size());
    if (parser.is_chunked()) {
        ChunkedDecoder decoder(kBodyBytesMax);
        std::string_view first = rest.substr(0, std::min(split, rest.size()));
        std::string_view second = rest.substr(first.size());
        reading.body = decoder.decode(first, reading.request.body);
        if (reading.body == ChunkedDecoder::Status::kNeedMore) {
            reading.body = decoder.decode(second, reading.request.body);
        }
        reading.left = first.size() + second.size();
    }
    return reading;
}

void check_request(const Request& request) {
    fuzz::require(!request.path.empty(), "a request has a path");
    fuzz::require(request.body.size() <= kBodyBytesMax, "a body keeps to its limit");
    fuzz::require(request.headers.size() <= kLimits.header_count_max, "so do the headers");
    for (const auto& [name, value] : request.headers) {
        fuzz::require(is_token(name), "a header's name is a token");
        fuzz::require(is_field_value(value), "a header's value has no control characters");
    }
}

}  // namespace

}  // namespace rookery::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rookery::http;  // NOLINT(google-build-using-namespace)
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = rookery::fuzz::as_text(data, size).substr(1);
    const Reading whole = read(bytes, bytes.size());
    const Reading parts = read(bytes, std::min<std::size_t>(data[0], bytes.size()));
    rookery::fuzz::require(whole.head == parts.head, "the head does not depend on the split");
    rookery::fuzz::require(whole.refusal == parts.refusal, "nor does the refusal");
    rookery::fuzz::require(whole.body == parts.body, "nor does the body's end");
    if (whole.head == RequestParser::Status::kComplete) {
        check_request(whole.request);
        rookery::fuzz::require(whole.request.path == parts.request.path, "nor does the path");
        rookery::fuzz::require(whole.request.headers == parts.request.headers, "nor the headers");
    }
    if (whole.body == ChunkedDecoder::Status::kComplete) {
        rookery::fuzz::require(whole.request.body == parts.request.body, "nor does the body");
        rookery::fuzz::require(whole.left == parts.left, "nor does what is left");
    }
    return 0;
}
