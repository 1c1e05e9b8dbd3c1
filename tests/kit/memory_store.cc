#include "kit/memory_store.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>

namespace rookery::kit {

namespace asio = boost::asio;
using ports::Batch;
using ports::EventId;
using ports::Key;
using ports::Row;
using ports::StoredEvent;

MemoryStore::MemoryStore() : clock_(system_clock_) {}

MemoryStore::MemoryStore(const Clock& clock) : clock_(clock) {}

MemoryStore::RowKey MemoryStore::row_key(const Key& key) {
    return {static_cast<std::uint8_t>(key.table), key.partition, key.sort};
}

Task<Result<std::optional<std::string>>> MemoryStore::get(Key key) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (auto error = begin_read()) {
        co_return std::move(*error);
    }
    co_return find(key);
}

Task<Result<std::vector<std::optional<std::string>>>> MemoryStore::multi_get(std::vector<Key> keys
) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (auto error = begin_read()) {
        co_return std::move(*error);
    }
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const Key& key : keys) {
        values.push_back(find(key));
    }
    co_return values;
}

Task<Result<std::vector<Row>>> MemoryStore::scan(ports::Range range) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (auto error = begin_read()) {
        co_return std::move(*error);
    }
    const auto table = static_cast<std::uint8_t>(range.table);
    const auto first = rows_.lower_bound(RowKey(table, range.partition, range.from));
    // The smallest partition above this one is this one with a zero byte appended.
    const auto last = range.until.empty()
                          ? rows_.lower_bound(RowKey(table, range.partition + '\0', ""))
                          : rows_.lower_bound(RowKey(table, range.partition, range.until));
    std::vector<Row> rows;
    if (!range.until.empty() && range.until <= range.from) {
        co_return rows;
    }
    if (range.descending) {
        for (auto it = last; it != first && rows.size() < range.limit;) {
            --it;
            rows.push_back({std::get<2>(it->first), it->second});
        }
    } else {
        for (auto it = first; it != last && rows.size() < range.limit; ++it) {
            rows.push_back({std::get<2>(it->first), it->second});
        }
    }
    co_return rows;
}

Task<Result<std::vector<std::string>>>
MemoryStore::partitions(ports::Table table, std::optional<std::string> after, std::size_t limit) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (auto error = begin_read()) {
        co_return std::move(*error);
    }
    const auto number = static_cast<std::uint8_t>(table);
    std::vector<std::string> names;
    auto row = rows_.lower_bound(RowKey(number, after ? *after + '\0' : "", ""));
    while (row != rows_.end() && std::get<0>(row->first) == number && names.size() < limit) {
        names.push_back(std::get<1>(row->first));
        row = rows_.lower_bound(RowKey(number, names.back() + '\0', ""));
    }
    co_return names;
}

Task<Result<std::vector<std::vector<Row>>>> MemoryStore::scan_many(std::vector<ports::Range> ranges
) {
    std::vector<std::vector<Row>> answers;
    for (ports::Range& range : ranges) {
        CO_TRY(auto rows, co_await scan(std::move(range)));
        answers.push_back(std::move(rows));
    }
    co_return answers;
}

Task<Result<EventId>> MemoryStore::commit(Batch batch) {
    co_await yield_if_asked();
    CO_CHECK(ports::check_batch(batch));
    std::optional<Error> fault;
    Applied applied{};
    {
        const std::lock_guard lock(mutex_);
        applied = commit_fault_.applied;
        fault = take_fault(commit_fault_);
        if (fault && applied == Applied::kNo) {
            co_return std::move(*fault);
        }
    }
    const Executor executor = co_await asio::this_coro::executor;
    const std::shared_ptr<Held> held = hold_if_asked(executor, batch);
    if (held) {
        const Outcome outcome = co_await wait_while_held(held);
        if (outcome == Outcome::kAbandoned) {
            co_return fail(ErrorCode::kUnavailable, "the store is unavailable", "commit abandoned");
        }
    }
    const std::size_t count = batch.events.size();
    const Result<EventId> first = commit_now(batch, held);
    if (!first) {
        co_return first.error();
    }
    if (fault) {
        co_return std::move(*fault);
    }
    co_return count == 0 ? 0 : *first + count - 1;
}

Result<EventId> MemoryStore::commit_now(Batch& batch, std::shared_ptr<Held> held) {
    const std::lock_guard order(commit_mutex_);
    std::vector<StoredEvent> stored;
    EventId first_id = 0;
    {
        const std::lock_guard lock(mutex_);
        std::erase(held_, held);
        if (auto expected = check_expectations(batch); !expected) {
            return std::move(expected).error();
        }
        if (auto applied = apply(batch); !applied) {
            return std::move(applied).error();
        }
        first_id = held ? held->first_id : next_event_;
        next_event_ += held ? 0 : batch.events.size();
        for (std::size_t i = 0; i < batch.events.size(); ++i) {
            stored.push_back({first_id + i, clock_.now_ms(), std::move(batch.events[i])});
            events_.emplace(first_id + i, stored.back());
        }
        ++commits_;
    }
    if (listener_ && !stored.empty()) {
        listener_(stored);
    }
    return first_id;
}

Task<Result<void>> MemoryStore::load(Batch batch) {
    co_await yield_if_asked();
    CO_CHECK(ports::check_load(batch));
    const std::lock_guard order(commit_mutex_);
    const std::lock_guard lock(mutex_);
    if (auto error = take_fault(commit_fault_)) {
        co_return std::move(*error);
    }
    CO_CHECK(apply(batch));
    co_return Result<void>{};
}

Task<Result<void>> MemoryStore::flush() {
    co_await yield_if_asked();
    co_return Result<void>{};
}

Task<Result<std::vector<StoredEvent>>> MemoryStore::read_events(EventId after, std::size_t limit) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    if (auto error = take_fault(read_fault_)) {
        co_return std::move(*error);
    }
    std::vector<StoredEvent> found;
    const EventId end = horizon_locked();
    for (auto it = events_.upper_bound(after);
         it != events_.end() && it->first <= end && found.size() < limit;
         ++it) {
        found.push_back(it->second);
    }
    co_return found;
}

EventId MemoryStore::horizon() const {
    const std::lock_guard lock(mutex_);
    return horizon_locked();
}

EventId MemoryStore::frontier() const {
    const std::lock_guard lock(mutex_);
    return next_event_ - 1;  // those of held commits included
}

EventId MemoryStore::horizon_locked() const {
    EventId end = next_event_ - 1;
    if (ignore_held_) {
        return events_.empty() ? 0 : events_.rbegin()->first;
    }
    for (const auto& held : held_) {
        end = std::min(end, held->first_id - 1);
    }
    return end;
}

Task<Result<void>> MemoryStore::trim_events(EventId up_to) {
    co_await yield_if_asked();
    const std::lock_guard lock(mutex_);
    events_.erase(events_.begin(), events_.upper_bound(std::min(up_to, horizon_locked())));
    co_return Result<void>{};
}

void MemoryStore::set_commit_listener(ports::CommitListener listener) {
    const std::lock_guard lock(mutex_);
    listener_ = std::move(listener);
}

std::optional<std::string> MemoryStore::find(const Key& key) const {
    const auto it = rows_.find(row_key(key));
    return it == rows_.end() ? std::nullopt : std::optional(it->second);
}

Result<void> MemoryStore::check_expectations(const Batch& batch) const {
    for (const Batch::Expectation& expectation : batch.expectations) {
        const std::optional<std::string> value = find(expectation.key);
        bool holds = false;
        switch (expectation.kind) {
            case Batch::Expectation::kAbsent:
                holds = !value;
                break;
            case Batch::Expectation::kPresent:
                holds = value.has_value();
                break;
            case Batch::Expectation::kEquals:
                holds = value == expectation.value;
                break;
        }
        if (!holds) {
            return fail(ErrorCode::kConflict, "someone else changed this at the same time");
        }
    }
    return {};
}

Result<void> MemoryStore::apply(const Batch& batch) {
    // Counters are computed first, into a copy, so that one that does not parse undoes nothing.
    std::map<RowKey, std::optional<std::string>> changed;
    for (const Batch::Operation& operation : batch.operations) {
        const RowKey key = row_key(operation.key);
        switch (operation.kind) {
            case Batch::Operation::kPut:
                changed[key] = operation.value;
                break;
            case Batch::Operation::kErase:
                changed[key] = std::nullopt;
                break;
            case Batch::Operation::kAdd: {
                const auto it = changed.find(key);
                const auto before = it != changed.end() ? it->second : find(operation.key);
                ports::Counters counters{};
                if (before) {
                    TRY(counters, ports::decode_counters(*before));
                }
                changed[key] = ports::encode_counters(ports::sum(counters, operation.delta));
                break;
            }
        }
    }
    for (auto& [key, value] : changed) {
        if (value) {
            rows_[key] = std::move(*value);
        } else {
            rows_.erase(key);
        }
    }
    return {};
}

}  // namespace rookery::kit
