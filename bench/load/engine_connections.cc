// What the engine does with one connection: send a request, receive its answer, begin anew.

#include "load/engine.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kHeadBytes = 1024;  // what is read of an answer before the rest is dropped
constexpr std::int64_t kReviveEveryNs = 100'000'000;

}  // namespace

void Engine::start(std::uint32_t index, std::uint32_t operation) {
    Connection& connection = connections_[index];
    connection.busy = true;
    ++busy_;
    connection.operation = operation;
    connection.written = 0;
    connection.sent_ns = now_ns();
    connection.reader.begin(plan_->operations[operation].keep);
    if (connection.fd < 0 && !connect(index)) {
        fail_operation(index, Failure::kClosed);
        return;
    }
    write(index);
}

void Engine::write(std::uint32_t index) {
    Connection& connection = connections_[index];
    const std::string& bytes = plan_->requests[plan_->operations[connection.operation].request];
    while (connection.written < bytes.size()) {
        const auto count = send(
            connection.fd,
            bytes.data() + connection.written,
            bytes.size() - connection.written,
            MSG_NOSIGNAL
        );
        if (count >= 0) {
            connection.written += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            break;
        } else if (errno != EINTR) {
            fail_operation(index, Failure::kClosed);
            return;
        }
    }
    const bool wants_write = connection.written < bytes.size();
    if (wants_write != connection.wants_write) {
        connection.wants_write = wants_write;
        watch(index, false);
    }
}

void Engine::handle(const epoll_event& event) {
    const std::uint32_t index = event.data.u32;
    Connection& connection = connections_[index];
    if (!connection.busy) {
        // An idle connection that the server closed, or on which it speaks unasked.
        std::erase(free_, index);
        if (reconnect(index)) {
            free_.push_back(index);
        }
        return;
    }
    if ((event.events & EPOLLOUT) != 0 && connection.wants_write) {
        write(index);
    }
    if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0 && connection.busy) {
        receive(index);
    }
}

void Engine::receive(std::uint32_t index) {
    Connection& connection = connections_[index];
    AnswerReader& reader = connection.reader;
    const bool keep = plan_->operations[connection.operation].keep;
    while (true) {
        const std::uint64_t skippable = std::min<std::uint64_t>(reader.skippable(), 1U << 30);
        const std::size_t wanted = skippable > 0 ? skippable : keep ? buffer_.size() : kHeadBytes;
        // On TCP, MSG_TRUNC drops the bytes in the kernel instead of copying them (tcp(7)).
        const auto count = skippable > 0 ? recv(connection.fd, nullptr, wanted, MSG_TRUNC)
                                         : recv(connection.fd, buffer_.data(), wanted, 0);
        if (count < 0) {
            if (errno == EAGAIN || errno == EINTR) {
                return;
            }
            fail_operation(index, Failure::kClosed);
            return;
        }
        const auto size = static_cast<std::size_t>(count);
        if (count == 0) {
            const bool said_nothing = reader.head_bytes() == 0;
            reader.close();
            if (reader.state() == AnswerReader::State::kBroken) {
                fail_operation(index, said_nothing ? Failure::kClosed : Failure::kMalformed);
                return;
            }
        } else if (skippable > 0) {
            reader.skipped(size);
        } else if (reader.feed({buffer_.data(), size}) < size) {
            fail_operation(index, Failure::kMalformed);
            return;
        }
        switch (reader.state()) {
            case AnswerReader::State::kDone:
                finish(index);
                return;
            case AnswerReader::State::kBroken:
                fail_operation(index, Failure::kMalformed);
                return;
            default:
                if (size < wanted) {
                    return;  // there is no more yet
                }
        }
    }
}

void Engine::finish(std::uint32_t index) {
    Connection& connection = connections_[index];
    const AnswerReader& reader = connection.reader;
    const Answer answer{
        .status = reader.status(),
        .sent_ns = connection.sent_ns,
        .done_ns = now_ns(),
        .bytes = reader.head_bytes() + reader.body_bytes(),
        .head = reader.head(),
        .body = reader.body(),
    };
    const std::uint32_t operation = connection.operation;
    connection.busy = false;
    --busy_;
    sink_->answered(operation, plan_->operations[operation], answer);
    ended(operation);
    if ((target_.keeps_alive && reader.keeps_alive()) || make_usable(index)) {
        free_.push_back(index);
    }
    dispatch();
}

void Engine::ended(std::uint32_t operation) {
    has_ended_[operation] = true;
    const auto found = waiting_.find(operation);
    if (found != waiting_.end()) {
        queue_.push_back(found->second);
        waiting_.erase(found);
    }
}

void Engine::fail_operation(std::uint32_t index, Failure failure) {
    Connection& connection = connections_[index];
    const std::uint32_t operation = connection.operation;
    connection.busy = false;
    --busy_;
    sink_->failed(plan_->operations[operation], failure, now_ns());
    ended(operation);
    if (make_usable(index)) {
        free_.push_back(index);
    }
}

/// After a connection has served: a new one, or none until there is something to send.
bool Engine::make_usable(std::uint32_t index) {
    if (target_.keeps_alive) {
        return reconnect(index);
    }
    hang_up(index);
    return true;
}

bool Engine::connect(std::uint32_t index) {
    auto fd = connect_to(target_);
    if (!fd) {
        return false;
    }
    connections_[index].fd = *fd;
    watch(index, true);
    return true;
}

void Engine::hang_up(std::uint32_t index) {
    Connection& connection = connections_[index];
    if (connection.fd >= 0) {
        close(connection.fd);
    }
    connection.fd = -1;
    connection.wants_write = false;
}

bool Engine::reconnect(std::uint32_t index) {
    hang_up(index);
    if (!connect(index)) {
        dead_.push_back(index);
        revive_ns_ = now_ns() + kReviveEveryNs;
        return false;
    }
    ++reconnects_;
    return true;
}

void Engine::revive(std::int64_t now) {
    if (dead_.empty() || now < revive_ns_) {
        return;
    }
    for (const std::uint32_t index : std::exchange(dead_, {})) {
        if (reconnect(index)) {
            free_.push_back(index);
        }
    }
}

}  // namespace rookery::load
