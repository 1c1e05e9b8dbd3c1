#include "store/commit_thread.h"

#include "base/log.h"
#include "store/key_codec.h"
#include "store/outbox_codec.h"
#include "store/write_rows.h"

#include <chrono>
#include <utility>

namespace rookery::store {

using ports::Batch;
using ports::EventId;

namespace {

constexpr std::size_t kGroupIsLarge = 128;

}  // namespace

CommitThread::CommitThread(
    const RocksStoreConfig& config,
    const Database& database,
    const Clock& clock,
    StoreMetrics& metrics,
    EventId last_event
)
    : config_(config),
      database_(database),
      clock_(clock),
      metrics_(metrics),
      reader_(database),
      queue_(config.commit_queue_batches_max, config.commit_queue_bytes_max),
      next_event_(last_event + 1),
      horizon_(last_event),
      frontier_(last_event),
      thread_([this] { run(); }) {}

CommitThread::~CommitThread() {
    stop();
}

void CommitThread::stop() {
    queue_.close();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void CommitThread::run() {
    // Where several come at once, the next group begins a while after this one began, or once many
    // have come: each group costs an fsync and wakes many threads. Whoever commits one thing after
    // another does not wait.
    std::chrono::steady_clock::time_point next_at;
    while (true) {
        Group group;
        group.commits = queue_.take(config_.commit_group_bytes_max, next_at, kGroupIsLarge);
        if (group.commits.empty()) {
            return;
        }
        next_at = group.commits.size() > 1
                      ? std::chrono::steady_clock::now() + config_.commit_group_interval
                      : std::chrono::steady_clock::time_point();
        metrics_.queued.set(static_cast<std::int64_t>(queue_.size()));
        commit_group(group);
    }
}

void CommitThread::commit_group(Group& group) {
    const EventId first_event = next_event_;
    group.outcomes.reserve(group.commits.size());
    if (!broken()) {
        prepare(group);
        frontier_.store(next_event_ - 1, std::memory_order_seq_cst);
        if (group.writes.Count() > 0 && !write(group)) {
            mark_broken();
        }
    }
    if (broken()) {
        next_event_ = first_event;
        group.outcomes.assign(
            group.commits.size(),
            fail(ErrorCode::kInternal, "the store failed", "a write failed; see the log")
        );
    } else if (!group.events.empty()) {
        horizon_.store(next_event_ - 1, std::memory_order_release);
        if (listener_) {
            listener_(group.events);
        }
    }
    for (std::size_t i = 0; i < group.commits.size(); ++i) {
        group.commits[i].complete(std::move(group.outcomes[i]));
    }
}

void CommitThread::prepare(Group& group) {
    std::size_t last_checked = 0;
    for (std::size_t i = 0; i < group.commits.size(); ++i) {
        if (!group.commits[i].batch.expectations.empty()) {
            last_checked = i;
        }
    }
    const UnixMs now = clock_.now_ms();
    Overlay overlay;
    for (std::size_t i = 0; i < group.commits.size(); ++i) {
        Batch& batch = group.commits[i].batch;
        if (auto holds = check(batch, overlay); !holds) {
            metrics_.conflicts.add();
            group.outcomes.emplace_back(std::move(holds).error());
            continue;
        }
        if (i < last_checked) {
            overlay.record(batch);
        }
        group.outcomes.emplace_back(append(batch, now, group));
        metrics_.commits.add();
    }
}

Result<void> CommitThread::check(const Batch& batch, const Overlay& overlay) const {
    const Overlay::ReadBelow below = [this](const std::string& key) {
        return *reader_.get(key, Reach::kDisk);
    };
    for (const Batch::Expectation& expectation : batch.expectations) {
        TRY(const auto value, overlay.read(encode_key(expectation.key), below));
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

EventId CommitThread::append(Batch& batch, UnixMs now, Group& group) {
    append_rows(batch, database_, key_buffer_, group.writes);
    for (ports::Event& event : batch.events) {
        const EventId id = next_event_++;
        group.writes.Put(database_.outbox(), encode_event_key(id), encode_event(now, event));
        group.events.push_back({id, now, std::move(event)});
    }
    return batch.events.empty() ? 0 : next_event_ - 1;
}

bool CommitThread::write(Group& group) {
    rocksdb::WriteOptions options;
    options.sync = config_.sync == SyncMode::kAlways;
    const auto begun = std::chrono::steady_clock::now();
    const rocksdb::Status status = database_.db().Write(options, &group.writes);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    metrics_.write_seconds.observe_seconds(took.count());
    metrics_.groups.add();
    metrics_.bytes.add(group.writes.GetDataSize());
    if (!status.ok()) {
        log::error(
            "the store failed to write and takes no more commits", {{"detail", status.ToString()}}
        );
    }
    return status.ok();
}

}  // namespace rookery::store
