#include "http/chunked_decoder.h"
#include "http/connection.h"

#include <sys/socket.h>

#include <algorithm>

namespace rookery::http {

namespace {

constexpr std::size_t kReadBytesMin = 1024;
constexpr std::size_t kBodyReadBytes = 64 * 1024;
// What the two readers return beside the status of a refusal.
constexpr int kBodyComplete = 0;
constexpr int kConnectionLost = -1;

}  // namespace

/// Reads the body into the request; false after the connection was lost or the request refused.
Task<bool> Connection::read_body() {
    enter(Phase::kBody, worker_.config().body_timeout_ms);
    if (parser_.content_length() > worker_.config().body_bytes_max) {
        co_await refuse(413, "The request body is too large");
        co_return false;
    }
    if (parser_.expects_continue() && buffer_.empty()) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        ::send(socket_.native_handle(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL);
    }
    int status = kBodyComplete;
    if (parser_.is_chunked()) {
        status = co_await read_chunked_body();
    } else {
        status = co_await read_sized_body();
    }
    if (status == kBodyComplete) {
        co_return true;
    }
    if (status == 400) {
        co_await refuse(status, "The chunked request body is malformed");
    } else if (status == 413) {
        co_await refuse(status, "The request body is too large");
    } else if (status == 503) {
        co_await refuse(status, "The server is receiving too much at the moment");
    } else if (is_timed_out_) {
        co_await refuse(408, "The request body took too long to arrive");
    }
    co_return false;
}

Task<int> Connection::read_sized_body() {
    const auto size = static_cast<std::size_t>(parser_.content_length());
    std::string& body = request_->body;
    for (;;) {
        const std::string_view view = buffer_.view().substr(0, size - body.size());
        if (!reserve_body(view.size())) {
            co_return 503;
        }
        body.append(view);
        buffer_.consume(view.size());
        if (body.size() == size) {
            co_return kBodyComplete;
        }
        const bool received =
            co_await receive(std::clamp(size - body.size(), kReadBytesMin, kBodyReadBytes));
        if (!received) {
            co_return kConnectionLost;
        }
    }
}

Task<int> Connection::read_chunked_body() {
    ChunkedDecoder decoder(worker_.config().body_bytes_max);
    for (;;) {
        std::string_view rest = buffer_.view();
        const std::size_t before = rest.size();
        if (!reserve_body(before)) {
            co_return 503;
        }
        const auto status = decoder.decode(rest, request_->body);
        buffer_.consume(before - rest.size());
        switch (status) {
            case ChunkedDecoder::Status::kComplete:
                co_return kBodyComplete;
            case ChunkedDecoder::Status::kMalformed:
                co_return 400;
            case ChunkedDecoder::Status::kTooLarge:
                co_return 413;
            case ChunkedDecoder::Status::kNeedMore:
                break;
        }
        const bool received = co_await receive(kReadBytesMin);
        if (!received) {
            co_return kConnectionLost;
        }
    }
}

bool Connection::reserve_body(std::size_t bytes) {
    auto& total = worker_.shared().body_bytes;
    if (total.fetch_add(bytes, std::memory_order_relaxed) + bytes >
        worker_.config().bodies_bytes_max) {
        total.fetch_sub(bytes, std::memory_order_relaxed);
        return false;
    }
    body_reserved_ += bytes;
    return true;
}

void Connection::release_body() {
    if (body_reserved_ > 0) {
        worker_.shared().body_bytes.fetch_sub(body_reserved_, std::memory_order_relaxed);
        body_reserved_ = 0;
    }
}

}  // namespace rookery::http
