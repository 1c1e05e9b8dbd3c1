#include "base/log.h"
#include "http/connection.h"
#include "http/gather.h"
#include "http/status.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include <cerrno>

namespace rookery::http {

namespace asio = boost::asio;

Connection::Sent Connection::send_some(const Response& response, bool with_body) {
    std::vector<iovec>& pieces = worker_.gather();
    for (;;) {
        gather_pieces(head_, response, with_body, sent_bytes_, pieces);
        if (pieces.empty()) {
            return Sent::kAll;
        }
        join_small_pieces(pieces, worker_.send_buffer());
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = pieces.size();
        const ssize_t size = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
        if (size < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::kBlocked : Sent::kFailed;
        }
        sent_bytes_ += static_cast<std::size_t>(size);
        worker_.count_out(static_cast<std::size_t>(size));
    }
}

Task<bool> Connection::write_rest(Response response, bool with_body) {
    constexpr asio::use_awaitable_t<Executor> kAwait;
    enter(Phase::kWrite, worker_.config().write_timeout_ms);
    for (;;) {
        boost::system::error_code error;
        co_await socket_.async_wait(
            asio::socket_base::wait_write, asio::redirect_error(kAwait, error)
        );
        if (error || is_timed_out_) {
            co_return false;
        }
        const Sent sent = send_some(response, with_body);
        if (sent != Sent::kBlocked) {
            co_return sent == Sent::kAll;
        }
    }
}

/// Answers a request that cannot be read to its end, and ends the connection.
Task<void> Connection::refuse(int status, std::string text) {
    request_begun_ = worker_.now();
    Response response = error_response(status, text);
    HeadFacts facts = begin_facts(false);
    facts.content_length = response.body.size();
    head_.clear();
    append_head(response, facts, head_);
    sent_bytes_ = 0;
    const Sent sent = send_some(response, true);
    record(status);
    if (sent == Sent::kAll) {
        co_await linger();
    }
}

/// Answers 503 from the sweep while the handler runs on; what it will return is thrown away.
void Connection::give_up_on_handler() {
    if (is_abandoned_) {
        return;
    }
    is_abandoned_ = true;
    const Response response = error_response(503, "The request took too long to answer");
    HeadFacts facts = begin_facts(false);
    facts.content_length = response.body.size();
    head_.clear();
    append_head(response, facts, head_);
    sent_bytes_ = 0;
    // The socket's buffer is empty of our bytes, so this much fits, or the client is gone.
    static_cast<void>(send_some(response, request_->method != Method::kHead));
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_both, ignored);
    record(503);
}

void Connection::record(int status) {
    const SteadyTime end = worker_.now();
    const std::chrono::duration<double> took = end - request_begun_;
    worker_.metrics().observe(request_->route, request_->method, status, took.count());
    const log::Level level = status >= 500 ? log::Level::kInfo : log::Level::kDebug;
    if (log::enabled(level)) {
        log::write(
            level,
            "request",
            {{"request_id", request_->request_id},
             {"method", to_string(request_->method)},
             {"route", request_->route},
             {"status", status},
             {"micros", static_cast<std::int64_t>(took.count() * 1e6)},
             {"bytes", sent_bytes_}}
        );
    }
    if (!is_abandoned_) {
        enter(Phase::kIdle, worker_.config().idle_timeout_ms, end);
    }
}

}  // namespace rookery::http
