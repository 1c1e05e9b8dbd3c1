#include "load/engine.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

namespace rookery::load {

namespace {

constexpr std::size_t kHeadRead = 1024;  // what is read of an answer before the rest is dropped
constexpr std::size_t kBodyRead = 65536;
constexpr int kEventsPerWait = 16;  // few, so that what is due is looked at often
constexpr std::int64_t kReviveEveryNs = 100'000'000;
constexpr std::int64_t kLongestWaitNs = 50'000'000;

std::int64_t clock_ns() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (time.tv_sec * 1'000'000'000) + time.tv_nsec;
}

void raise_file_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Engine::Engine(const Target& target, EngineOptions options)
    : target_(target),
      options_(std::move(options)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(options_.connections),
      buffer_(kBodyRead) {
    raise_file_limit();
    prctl(PR_SET_TIMERSLACK, 1);  // the default lets the kernel wake us 50 us late
}

Engine::~Engine() {
    for (const Connection& connection : connections_) {
        if (connection.fd >= 0) {
            close(connection.fd);
        }
    }
    close(epoll_);
}

Result<void> Engine::open() {
    for (std::uint32_t i = 0; i < connections_.size(); ++i) {
        TRY(connections_[i].fd, connect_to(target_));
        watch(i, true);
        free_.push_back(i);
    }
    return {};
}

void Engine::watch(std::uint32_t connection, bool add) {
    epoll_event event{};
    event.events = connections_[connection].wants_write ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.u32 = connection;
    epoll_ctl(epoll_, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, connections_[connection].fd, &event);
}

std::int64_t Engine::now_ns() const {
    return clock_ns() - origin_ns_;
}

void Engine::run(const Plan& plan, AnswerSink& sink) {
    plan_ = &plan;
    sink_ = &sink;
    next_ = 0;
    next_mark_ = 0;
    has_ended_.assign(plan.operations.size(), false);
    waiting_.clear();
    origin_ns_ = clock_ns();
    std::array<epoll_event, kEventsPerWait> events{};
    while (true) {
        const std::int64_t now = now_ns();
        while (next_mark_ < options_.marks.size() && options_.marks[next_mark_].first <= now) {
            options_.marks[next_mark_++].second();
        }
        if (options_.closed_loop) {
            take_next(now);
        } else {
            take_due(now);
        }
        dispatch();
        if (is_over(now)) {
            break;
        }
        revive(now);
        const std::int64_t wait_ns = wait_until(now) - now_ns();
        const timespec timeout{
            .tv_sec = 0, .tv_nsec = std::clamp<std::int64_t>(wait_ns, 0, kLongestWaitNs)
        };
        const int count = epoll_pwait2(epoll_, events.data(), kEventsPerWait, &timeout, nullptr);
        for (int i = 0; i < count; ++i) {
            handle(events[static_cast<std::size_t>(i)]);
        }
    }
    give_up();
}

bool Engine::is_over(std::int64_t now) const {
    const auto end_ns = static_cast<std::int64_t>(options_.seconds * 1e9);
    const bool all_sent = options_.closed_loop ? now >= end_ns : next_ == plan_->operations.size();
    if (!all_sent || next_mark_ < options_.marks.size()) {
        return false;
    }
    if (busy_ == 0 && queue_.empty() && waiting_.empty()) {
        return true;
    }
    return now >= end_ns + static_cast<std::int64_t>(options_.drain_seconds * 1e9);
}

std::int64_t Engine::wait_until(std::int64_t now) const {
    std::int64_t until = now + kLongestWaitNs;
    if (!options_.closed_loop && next_ < plan_->operations.size()) {
        until = std::min(until, plan_->operations[next_].at_ns);
    }
    if (next_mark_ < options_.marks.size()) {
        until = std::min(until, options_.marks[next_mark_].first);
    }
    return until;
}

void Engine::take_due(std::int64_t now) {
    const auto& operations = plan_->operations;
    while (next_ < operations.size() && operations[next_].at_ns <= now) {
        sink_->noticed(operations[next_], now - operations[next_].at_ns);
        make_ready(static_cast<std::uint32_t>(next_++));
        now = now_ns();
    }
}

void Engine::take_next(std::int64_t now) {
    const auto end_ns = static_cast<std::int64_t>(options_.seconds * 1e9);
    while (now < end_ns && queue_.size() < free_.size() && !plan_->operations.empty()) {
        if (next_ == plan_->operations.size()) {
            next_ = 0;
            has_ended_.assign(plan_->operations.size(), false);
        }
        make_ready(static_cast<std::uint32_t>(next_++));
    }
}

void Engine::make_ready(std::uint32_t operation) {
    const std::uint32_t after = plan_->operations[operation].after;
    if (after != Operation::kNone && !has_ended_[after]) {
        waiting_[after] = operation;
    } else {
        queue_.push_back(operation);
    }
}

void Engine::dispatch() {
    while (!queue_.empty() && !free_.empty()) {
        const std::uint32_t connection = free_.front();
        free_.pop_front();
        const std::uint32_t operation = queue_.front();
        queue_.pop_front();
        start(connection, operation);
    }
}

void Engine::start(std::uint32_t index, std::uint32_t operation) {
    Connection& connection = connections_[index];
    connection.busy = true;
    ++busy_;
    connection.operation = operation;
    connection.written = 0;
    connection.sent_ns = now_ns();
    connection.reader.begin(plan_->operations[operation].keep);
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
        if (count > 0) {
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
        const std::size_t wanted = skippable > 0 ? skippable : keep ? kBodyRead : kHeadRead;
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
        .body = reader.body(),
    };
    const std::uint32_t operation = connection.operation;
    connection.busy = false;
    --busy_;
    sink_->answered(operation, plan_->operations[operation], answer);
    ended(operation);
    if (reader.keeps_alive() || reconnect(index)) {
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
    if (reconnect(index)) {
        free_.push_back(index);
    }
}

bool Engine::reconnect(std::uint32_t index) {
    Connection& connection = connections_[index];
    close(connection.fd);
    connection.fd = -1;
    connection.wants_write = false;
    auto fd = connect_to(target_);
    if (!fd) {
        dead_.push_back(index);
        revive_ns_ = now_ns() + kReviveEveryNs;
        return false;
    }
    ++reconnects_;
    connection.fd = *fd;
    watch(index, true);
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

void Engine::give_up() {
    const std::int64_t now = now_ns();
    for (std::uint32_t i = 0; i < connections_.size(); ++i) {
        if (connections_[i].busy) {
            fail_operation(i, Failure::kUnanswered);
        }
    }
    for (const std::uint32_t operation : std::exchange(queue_, {})) {
        sink_->failed(plan_->operations[operation], Failure::kUnanswered, now);
    }
    for (const auto& [after, operation] : std::exchange(waiting_, {})) {
        sink_->failed(plan_->operations[operation], Failure::kUnanswered, now);
    }
}

}  // namespace rookery::load
