#include "http/push_stream.h"

#include "base/log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>

namespace rookery::http {

namespace asio = boost::asio;

namespace {

constexpr int kReadsInARow = 8;
constexpr std::chrono::seconds kCloseTimeout{5};
constexpr std::chrono::seconds kStopCloseTimeout{1};
constexpr std::uint16_t kGoingAway = 1001;
constexpr std::uint16_t kInternalError = 1011;

/// Runs a callback of the application's; what it throws is a bug, but must not end the thread.
template <class Callback, class... Args>
bool call(const Callback& callback, Args&&... args) {
    if (!callback) {
        return true;
    }
    try {
        callback(std::forward<Args>(args)...);
        return true;
    } catch (const std::exception& e) {
        log::error("stream callback failed", {{"error", e.what()}});
    } catch (...) {
        log::error("stream callback failed", {{"error", "not a std::exception"}});
    }
    return false;
}

}  // namespace

PushStream::PushStream(Worker& worker, Socket socket, OnOpen on_open, metrics::Gauge& open_streams)
    : worker_(worker),
      socket_(std::make_unique<Socket>(std::move(socket))),
      on_open_(std::move(on_open)),
      open_streams_(open_streams) {
    worker_.add(*this);
    worker_.shared().connection_count.fetch_add(1, std::memory_order_relaxed);
    worker_.shared().connections.add(1);
    open_streams_.add(1);
}

PushStream::~PushStream() {
    if (!is_finished_) {  // never ran
        leave();
    }
}

void PushStream::leave() {
    worker_.remove(*this);
    worker_.shared().connection_count.fetch_sub(1, std::memory_order_relaxed);
    worker_.shared().connections.add(-1);
    open_streams_.add(-1);
}

bool PushStream::send(std::shared_ptr<const std::string> message) {
    const std::lock_guard lock(mutex_);
    if (is_shut_) {
        return false;
    }
    const std::size_t size = message->size();
    if (queued_bytes_.load(std::memory_order_relaxed) + size >
        worker_.config().push_queue_bytes_max) {
        is_shut_ = true;
        asio::post(worker_.executor(), [self = shared_from_this()] {
            self->cut("its queue is full");
        });
        return false;
    }
    queued_bytes_.fetch_add(size, std::memory_order_relaxed);
    pending_.push_back({std::move(message), message_kind()});
    if (!std::exchange(is_flush_posted_, true)) {
        asio::post(worker_.executor(), [self = shared_from_this()] { self->flush(); });
    }
    return true;
}

void PushStream::close(std::uint16_t code, std::string reason) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_shut_, true)) {
        return;
    }
    asio::post(worker_.executor(), [self = shared_from_this(), code, text = std::move(reason)] {
        self->begin_closing(code, text);
    });
}

Task<void> PushStream::serve(std::shared_ptr<PushStream> stream) {
    co_await stream->run();
}

Task<void> PushStream::run() {
    constexpr asio::use_awaitable_t<Executor> kAwait;
    open();
    while (!is_finished_) {
        if (!receive_waiting()) {
            break;
        }
        boost::system::error_code error;
        co_await socket_->async_wait(
            asio::socket_base::wait_read, asio::redirect_error(kAwait, error)
        );
        if (error) {
            break;
        }
    }
    finish();
}

void PushStream::open() {
    on_begin();
    const OnOpen on_open = std::move(on_open_);
    on_open_ = nullptr;
    if (!call(on_open, shared_from_this())) {
        begin_closing(kInternalError, "");
    }
    if (worker_.is_stopping()) {
        begin_stop();
    }
    on_open_done();
}

void PushStream::deliver_text(std::string text) {
    if (!call(on_text, std::move(text))) {
        begin_closing(kInternalError, "");
    }
}

/// Takes what the socket has; false at the end of the stream.
bool PushStream::receive_waiting() {
    std::vector<char>& scratch = worker_.scratch();
    for (int i = 0; i < kReadsInARow && !is_finished_; ++i) {
        const ssize_t size =
            ::recv(socket_->native_handle(), scratch.data(), scratch.size(), MSG_DONTWAIT);
        if (size < 0) {
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        }
        if (size == 0) {
            return false;
        }
        worker_.count_in(static_cast<std::size_t>(size));
        on_bytes({scratch.data(), static_cast<std::size_t>(size)});
    }
    return !is_finished_;
}

void PushStream::begin_closing(std::uint16_t code, const std::string& reason) {
    if (is_closing_ || is_finished_) {
        return;
    }
    flush();
    {
        const std::lock_guard lock(mutex_);
        is_shut_ = true;
    }
    if (is_finished_) {
        return;
    }
    is_closing_ = true;
    close_deadline_ = worker_.now() + (worker_.is_stopping() ? kStopCloseTimeout : kCloseTimeout);
    say_goodbye(code, reason);
}

void PushStream::begin_stop() {
    if (is_closing_) {
        close_deadline_ = std::min(close_deadline_, worker_.now() + kStopCloseTimeout);
    }
    begin_closing(kGoingAway, "The server is stopping");
}

void PushStream::sweep(SteadyTime now) {
    if (is_blocked_ && now >= write_deadline_) {
        cut("it takes nothing");
    } else if (is_closing_ && now >= close_deadline_) {
        finish();
    } else if (!is_closing_) {
        on_sweep(now);
    }
}

void PushStream::cut(std::string_view reason) {
    if (is_finished_) {
        return;
    }
    worker_.shared().cut_connections.add();
    log::debug("stream cut, the client is too slow", {{"reason", reason}});
    finish();
}

void PushStream::finish() {
    if (std::exchange(is_finished_, true)) {
        return;
    }
    const auto self = shared_from_this();  // on_closed may drop the last other reference
    {
        const std::lock_guard lock(mutex_);
        is_shut_ = true;
        pending_ = {};
    }
    socket_.reset();
    sending_ = {};
    sent_items_ = 0;
    leave();
    const auto callback = std::move(on_closed);
    on_closed = nullptr;
    on_text = nullptr;
    call(callback);
}

}  // namespace rookery::http
