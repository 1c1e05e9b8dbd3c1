#include "kit/memory_store.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>

namespace rookery::kit {

namespace asio = boost::asio;
using ports::EventId;

void MemoryStore::fail_commits(
    std::size_t count,
    ErrorCode code,
    Applied applied,
    std::size_t skip
) {
    const std::lock_guard lock(mutex_);
    commit_fault_ = {skip, count, code, applied};
}

void MemoryStore::fail_reads(std::size_t count, ErrorCode code, std::size_t skip) {
    const std::lock_guard lock(mutex_);
    read_fault_ = {skip, count, code, Applied::kNo};
}

std::optional<Error> MemoryStore::take_fault(Fault& fault) {
    if (fault.count == 0) {
        return std::nullopt;
    }
    if (fault.skip > 0) {
        --fault.skip;
        return std::nullopt;
    }
    --fault.count;
    return fail(fault.code, "the store is unavailable", "a fault that the test asked for");
}

std::optional<Error> MemoryStore::begin_read() {
    ++reads_;
    return take_fault(read_fault_);
}

void MemoryStore::hold_commits(std::size_t count) {
    const std::lock_guard lock(mutex_);
    commits_to_hold_ = count;
}

std::size_t MemoryStore::held() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(held_, [](const auto& held) {
        return held->outcome == Outcome::kWaiting;
    }));
}

MemoryStore::Held::Held(const Executor& executor, EventId first)
    : first_id(first), timer(executor, std::chrono::steady_clock::time_point::max()) {}

std::shared_ptr<MemoryStore::Held>
MemoryStore::hold_if_asked(const Executor& executor, const ports::Batch& batch) {
    const std::lock_guard lock(mutex_);
    if (commits_to_hold_ == 0 || batch.events.empty()) {
        return nullptr;
    }
    --commits_to_hold_;
    held_.push_back(std::make_shared<Held>(executor, next_event_));
    next_event_ += batch.events.size();
    return held_.back();
}

Task<MemoryStore::Outcome> MemoryStore::wait_while_held(std::shared_ptr<Held> held) {
    while (held->outcome == Outcome::kWaiting) {
        boost::system::error_code ignored;
        co_await held->timer.async_wait(
            asio::redirect_error(asio::use_awaitable_t<Executor>{}, ignored)
        );
    }
    co_return held->outcome.load();
}

void MemoryStore::end_hold(std::size_t index, Outcome outcome) {
    std::shared_ptr<Held> held;
    {
        const std::lock_guard lock(mutex_);
        std::vector<std::shared_ptr<Held>> waiting;
        std::ranges::copy_if(held_, std::back_inserter(waiting), [](const auto& candidate) {
            return candidate->outcome == Outcome::kWaiting;
        });
        held = waiting.at(index);
        held->outcome = outcome;
        if (outcome == Outcome::kAbandoned) {
            std::erase(held_, held);
        }
    }
    asio::post(held->timer.get_executor(), [held] { held->timer.cancel(); });
}

void MemoryStore::release(std::size_t index) {
    end_hold(index, Outcome::kReleased);
}

void MemoryStore::abandon(std::size_t index) {
    end_hold(index, Outcome::kAbandoned);
}

void MemoryStore::ignore_held_in_horizon(bool ignore) {
    const std::lock_guard lock(mutex_);
    ignore_held_ = ignore;
}

void MemoryStore::yield_on_calls(bool yield) {
    const std::lock_guard lock(mutex_);
    yield_ = yield;
}

Task<void> MemoryStore::yield_if_asked() {
    bool yield = false;
    {
        const std::lock_guard lock(mutex_);
        yield = yield_;
    }
    if (yield) {
        co_await asio::post(asio::use_awaitable_t<Executor>{});
    }
}

std::vector<std::pair<ports::Key, std::string>> MemoryStore::rows() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<ports::Key, std::string>> all;
    for (const auto& [key, value] : rows_) {
        const auto& [table, partition, sort] = key;
        all.emplace_back(ports::Key{ports::Table{table}, partition, sort}, value);
    }
    return all;
}

std::size_t MemoryStore::reads() const {
    const std::lock_guard lock(mutex_);
    return reads_;
}

std::size_t MemoryStore::commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
}

}  // namespace rookery::kit
