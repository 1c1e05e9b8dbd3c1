#include "http/push_stream.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace rookery::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kItemsInOneWrite = 64;

}  // namespace

void PushStream::enqueue(Item item) {
    if (is_finished_) {
        return;
    }
    const std::size_t size = item.payload->size();
    if (queued_bytes_.fetch_add(size, std::memory_order_relaxed) + size >
        worker_.config().push_queue_bytes_max) {
        cut("its queue is full");
        return;
    }
    sending_.push_back(std::move(item));
    write_some();
}

/// Takes over what other threads have queued.
void PushStream::flush() {
    {
        const std::lock_guard lock(mutex_);
        is_flush_posted_ = false;
        if (sending_.empty()) {
            sending_.swap(pending_);
        } else {
            std::ranges::move(pending_, std::back_inserter(sending_));
            pending_.clear();
        }
    }
    write_some();
}

void PushStream::write_some() {
    if (is_blocked_ || is_finished_) {
        return;
    }
    while (sent_items_ < sending_.size()) {
        if (!send_batch()) {
            return;
        }
    }
    sending_ = {};
    sent_items_ = 0;
    if (is_closing_) {
        on_said_goodbye();
    }
}

/// One sendmsg(); false if the socket is full or lost.
bool PushStream::send_batch() {
    std::array<std::array<char, kPrefixBytesMax>, kItemsInOneWrite> prefixes{};
    std::vector<iovec>& pieces = worker_.gather();
    pieces.clear();
    std::size_t skip = sent_item_bytes_;
    const auto add = [&](const char* data, std::size_t size) {
        const std::size_t skipped = std::min(skip, size);
        skip -= skipped;
        if (size > skipped) {
            pieces.push_back({const_cast<char*>(data) + skipped, size - skipped});
        }
    };
    const std::size_t end = std::min(sending_.size(), sent_items_ + kItemsInOneWrite);
    for (std::size_t i = sent_items_; i < end; ++i) {
        char* const prefix = prefixes.at(i - sent_items_).data();
        add(prefix, write_prefix(sending_[i], prefix));
        add(sending_[i].payload->data(), sending_[i].payload->size());
        add(suffix(sending_[i]).data(), suffix(sending_[i]).size());
    }
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t size = ::sendmsg(socket_->native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_writable();
        } else if (errno != EINTR) {
            finish();
        }
        return errno == EINTR;
    }
    worker_.count_out(static_cast<std::size_t>(size));
    advance(static_cast<std::size_t>(size));
    return true;
}

void PushStream::advance(std::size_t bytes) {
    std::array<char, kPrefixBytesMax> prefix{};
    sent_item_bytes_ += bytes;
    while (sent_items_ < sending_.size()) {
        Item& item = sending_[sent_items_];
        const std::size_t whole =
            write_prefix(item, prefix.data()) + item.payload->size() + suffix(item).size();
        if (sent_item_bytes_ < whole) {
            return;
        }
        sent_item_bytes_ -= whole;
        queued_bytes_.fetch_sub(item.payload->size(), std::memory_order_relaxed);
        item.payload.reset();
        ++sent_items_;
    }
}

void PushStream::wait_writable() {
    is_blocked_ = true;
    write_deadline_ = worker_.now() + std::chrono::milliseconds(worker_.config().write_timeout_ms);
    socket_->async_wait(
        asio::socket_base::wait_write,
        [self = shared_from_this()](const boost::system::error_code& error) {
            self->is_blocked_ = false;
            if (error) {
                self->finish();
            } else {
                self->write_some();
            }
        }
    );
}

}  // namespace rookery::http
