#include "http/connection.h"

#include "base/prefetch.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace rookery::http {

namespace asio = boost::asio;

namespace {

constexpr asio::use_awaitable_t<Executor> kAwait;
constexpr std::size_t kReadBytesMin = 1024;
constexpr std::chrono::seconds kTrimAfter{5};
constexpr std::uint32_t kLingerMs = 2'000;
constexpr std::size_t kLingerBytesMax = 1024 * 1024;

}  // namespace

Connection::Connection(Worker& worker, const Router& router, int descriptor, Peer peer)
    : worker_(worker),
      router_(router),
      socket_(worker.executor(), asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), descriptor),
      peer_(std::move(peer)),
      parser_({worker.config().head_bytes_max, worker.config().header_count_max}) {
    worker_.add(*this);
    worker_.shared().connection_count.fetch_add(1, std::memory_order_relaxed);
    worker_.shared().connections.add(1);
}

Connection::~Connection() {
    release_body();
    worker_.remove(*this);
    worker_.shared().connection_count.fetch_sub(1, std::memory_order_relaxed);
    worker_.shared().connections.add(-1);
}

Task<void> Connection::serve(std::shared_ptr<Connection> connection) {
    co_await connection->run();
}

Task<void> Connection::run() {
    enter(Phase::kIdle, worker_.config().idle_timeout_ms);
    std::size_t in_a_row = 0;
    for (;;) {
        const bool came = co_await read_head();
        if (!came) {
            break;
        }
        const bool goes_on = co_await serve_one();
        if (!goes_on) {
            break;
        }
        parser_.reset();
        if (!buffer_.empty() && ++in_a_row % worker_.config().pipelined_max == 0) {
            co_await asio::post(worker_.executor(), kAwait);
        }
    }
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Task<bool> Connection::read_head() {
    for (;;) {
        switch (parser_.parse(buffer_.view())) {
            case RequestParser::Status::kComplete:
                co_return true;
            case RequestParser::Status::kRefused: {
                const int status = parser_.refusal_status();
                renew_request();
                request_->method = Method::kOther;
                co_await refuse(status, std::string(parser_.refusal_text()));
                co_return false;
            }
            case RequestParser::Status::kNeedMore:
                break;
        }
        if (!buffer_.empty() && phase_ == Phase::kIdle) {
            enter(Phase::kHead, worker_.config().head_timeout_ms);
        }
        if (phase_ == Phase::kIdle && worker_.is_stopping()) {
            co_return false;
        }
        const bool received = co_await receive(kReadBytesMin);
        if (!received) {
            if (is_timed_out_ && phase_ == Phase::kHead) {
                renew_request();
                request_->method = Method::kOther;
                co_await refuse(408, "The request took too long to arrive");
            }
            co_return false;
        }
    }
}

/// Waits for more bytes; false if the connection ended or the phase's time is over.
Task<bool> Connection::receive(std::size_t least) {
    for (;;) {
        const std::span<char> room = buffer_.prepare(least);
        boost::system::error_code error;
        const std::size_t size = co_await socket_.async_read_some(
            asio::buffer(room.data(), room.size()), asio::redirect_error(kAwait, error)
        );
        if (is_timed_out_) {
            co_return false;
        }
        if (!error) {
            fetch_ahead();
            worker_.count_in(size);
            buffer_.commit(size);
            co_return true;
        }
        if (error != asio::error::operation_aborted || !std::exchange(wants_trim_, false)) {
            co_return false;
        }
        co_await wait_trimmed();
        if (is_timed_out_) {
            co_return false;
        }
    }
}

void Connection::fetch_ahead() const {
    constexpr std::size_t kHeadBytes = 6 * kCacheLineBytes;
    prefetch_lines(this, sizeof(Connection));
    if (request_) {
        prefetch_lines(request_.get(), sizeof(Request));
    }
    prefetch_lines(head_.data(), std::min(head_.capacity(), kHeadBytes));
}

/// An idle connection gives its buffers back, at the price of one more system call when the next
/// request comes.
Task<void> Connection::wait_trimmed() {
    trim();
    is_trimmed_ = true;
    boost::system::error_code ignored;
    co_await socket_.async_wait(
        asio::socket_base::wait_read, asio::redirect_error(kAwait, ignored)
    );
    is_trimmed_ = false;
}

void Connection::trim() {
    buffer_.release();
    request_.reset();
    head_ = std::string();
}

/// After a refusal the client may still be sending; closing at once would reset the connection and
/// could destroy the answer before it is read (RFC 9112, section 9.6).
Task<void> Connection::linger() {
    enter(Phase::kLinger, kLingerMs);
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    std::size_t discarded = 0;
    while (discarded < kLingerBytesMax) {
        buffer_.consume(buffer_.view().size());
        const bool received = co_await receive(kReadBytesMin);
        if (!received) {
            break;
        }
        discarded += buffer_.view().size();
    }
}

void Connection::enter(Phase phase, std::uint32_t timeout_ms, SteadyTime now) {
    phase_ = phase;
    phase_begun_ = now;
    deadline_ = phase_begun_ + std::chrono::milliseconds(timeout_ms);
    is_timed_out_ = false;
}

void Connection::sweep(SteadyTime now) {
    boost::system::error_code ignored;
    if (now < deadline_) {
        const bool is_long_idle = phase_ == Phase::kIdle && now - phase_begun_ > kTrimAfter;
        if (is_long_idle && !is_trimmed_ && !wants_trim_) {
            wants_trim_ = true;
            socket_.cancel(ignored);
        }
        return;
    }
    if (phase_ == Phase::kHandler) {
        give_up_on_handler();
        return;
    }
    if (phase_ != Phase::kIdle && phase_ != Phase::kLinger && !is_timed_out_) {
        worker_.shared().cut_connections.add();
    }
    is_timed_out_ = true;
    socket_.cancel(ignored);
}

void Connection::begin_stop() {
    if (phase_ == Phase::kIdle) {
        is_timed_out_ = true;
        boost::system::error_code ignored;
        socket_.cancel(ignored);
    }
}

}  // namespace rookery::http
