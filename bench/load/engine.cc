#include "load/engine.h"

#include "load/clock.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace rookery::load {

namespace {

constexpr std::size_t kBufferBytes = 65536;
constexpr int kEventsPerWait = 16;  // few, so that what is due is looked at often
constexpr std::int64_t kLongestWaitNs = 50'000'000;

}  // namespace

void raise_file_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

Engine::Engine(const Target& target, EngineOptions options)
    : target_(target),
      options_(std::move(options)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(options_.connections),
      buffer_(kBufferBytes) {
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
        if (target_.keeps_alive || i == 0) {  // the first in any case: to know that it can be done
            TRY(connections_[i].fd, connect_to(target_));
            watch(i, true);
        }
        free_.push_back(i);
    }
    if (!target_.keeps_alive) {
        hang_up(0);
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
        const int count =
            options_.stays_awake ? ask(events) : wait(events, wait_until(now) - now_ns());
        for (int i = 0; i < count; ++i) {
            handle(events[static_cast<std::size_t>(i)]);
        }
    }
    give_up();
}

int Engine::wait(std::span<epoll_event> events, std::int64_t wait_ns) const {
    const timespec timeout{
        .tv_sec = 0, .tv_nsec = std::clamp<std::int64_t>(wait_ns, 0, kLongestWaitNs)
    };
    return epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
}

int Engine::ask(std::span<epoll_event> events) {
    const std::int64_t before_ns = thread_cpu_ns();
    const int count = wait(events, 0);
    if (count == 0) {
        idle_awake_ns_ += thread_cpu_ns() - before_ns;
    }
    return count;
}

bool Engine::is_over(std::int64_t now) const {
    const auto end_ns = static_cast<std::int64_t>(options_.seconds * 1e9);
    const bool all_sent = options_.closed_loop ? now >= end_ns : next_ == plan_->operations.size();
    if (!all_sent || next_mark_ < options_.marks.size()) {
        return false;
    }
    // In a closed loop nobody waits any more for what is not sent after its end.
    if (busy_ == 0 && queue_.empty() && (waiting_.empty() || options_.closed_loop)) {
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
        if (options_.closed_loop) {
            continue;
        }
        sink_->failed(plan_->operations[operation], Failure::kUnanswered, now);
    }
}

}  // namespace rookery::load
