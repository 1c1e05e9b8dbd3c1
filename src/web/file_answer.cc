#include "web/file_answer.h"

#include "http/compression.h"

namespace rookery::web {

http::Response file_answer(const File& file, const http::Request& request) {
    http::Response response;
    response.header("Content-Type", file.content_type);
    response.header(
        "Cache-Control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache"
    );
    response.header("X-Content-Type-Options", "nosniff");
    response.etag = true;

    const auto accepted = request.header("accept-encoding").value_or("");
    http::Fragment bytes = file.bytes;
    if (file.brotli && http::accepts_coding(accepted, "br")) {
        response.header("Content-Encoding", "br");
        bytes = file.brotli;
    } else if (file.gzip && http::accepts_gzip(accepted)) {
        response.header("Content-Encoding", "gzip");
        bytes = file.gzip;
    }
    if (file.brotli || file.gzip) {
        response.header("Vary", "Accept-Encoding");
    }
    response.fragments.push_back(std::move(bytes));
    return response;
}

}  // namespace rookery::web
