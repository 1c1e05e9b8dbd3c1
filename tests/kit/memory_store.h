#pragma once

#include "base/clock.h"
#include "ports/partitions.h"
#include "ports/store.h"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rookery::kit {

/// A ports::Store in memory, for tests: the same contract as the real one (tests/contract), and
/// faults on demand. What is stored lives as long as the object, so "a restart" is a second user of
/// the same MemoryStore. Thread-safe.
class MemoryStore final : public ports::Store, public ports::Partitions {
public:
    /// Stamps events with the machine's clock.
    MemoryStore();
    /// Stamps events with `clock`, which must outlive the store.
    explicit MemoryStore(const Clock& clock);

    [[nodiscard]] Task<Result<std::optional<std::string>>> get(ports::Key key) override;
    [[nodiscard]] Task<Result<std::vector<std::optional<std::string>>>> multi_get(
        std::vector<ports::Key> keys
    ) override;
    [[nodiscard]] Task<Result<std::vector<ports::Row>>> scan(ports::Range range) override;
    [[nodiscard]] Task<Result<std::vector<std::vector<ports::Row>>>> scan_many(
        std::vector<ports::Range> ranges
    ) override;
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    partitions(ports::Table table, std::optional<std::string> after, std::size_t limit) override;
    [[nodiscard]] Task<Result<ports::EventId>> commit(ports::Batch batch) override;
    [[nodiscard]] Task<Result<void>> load(ports::Batch batch) override;
    [[nodiscard]] Task<Result<void>> flush() override;
    [[nodiscard]] Task<Result<std::unique_ptr<ports::BulkLoad>>> begin_bulk_load(
        std::vector<ports::Table> empty
    ) override;
    [[nodiscard]] Task<Result<std::vector<ports::StoredEvent>>>
    read_events(ports::EventId after, std::size_t limit) override;
    [[nodiscard]] ports::EventId horizon() const override;
    [[nodiscard]] ports::EventId frontier() const override;
    [[nodiscard]] Task<Result<void>> trim_events(ports::EventId up_to) override;
    void set_commit_listener(ports::CommitListener listener) override;

    /// Whether a failing commit takes effect all the same (its answer was lost) or not.
    enum class Applied : std::uint8_t { kNo, kYes };
    /// After `skip` commits, the next `count` fail with `code`.
    void fail_commits(
        std::size_t count,
        ErrorCode code = ErrorCode::kUnavailable,
        Applied applied = Applied::kNo,
        std::size_t skip = 0
    );
    /// After `skip` reads (get, multi_get, scan, read_events), the next `count` fail with `code`.
    void
    fail_reads(std::size_t count, ErrorCode code = ErrorCode::kUnavailable, std::size_t skip = 0);

    /// The next `count` commits with events take their event ids and then wait, with nothing of
    /// them visible, as the commit of a slow writer of a store with many writers would. Later
    /// commits become visible above them; horizon() stays below the lowest held id. A held commit's
    /// task is suspended: spawn it on an io_context and poll that.
    void hold_commits(std::size_t count);
    /// How many are held and wait for release() or abandon().
    [[nodiscard]] std::size_t held() const;
    /// Lets a held commit go on: its preconditions are tested now. `index` counts from the oldest.
    void release(std::size_t index = 0);
    /// Makes a held commit fail with kUnavailable; its event ids are never used.
    void abandon(std::size_t index = 0);
    /// Makes horizon() the newest visible event and read_events() return up to it, as a naive
    /// watermark would: for tests that show what then gets lost.
    void ignore_held_in_horizon(bool ignore);

    /// Makes every call suspend once, so that coroutines of one thread interleave.
    void yield_on_calls(bool yield);

    /// All rows, in key order, for comparing states.
    [[nodiscard]] std::vector<std::pair<ports::Key, std::string>> rows() const;
    /// Calls of get, multi_get and scan so far, for tests of caches.
    [[nodiscard]] std::size_t reads() const;
    /// Commits that took effect so far.
    [[nodiscard]] std::size_t commits() const;

private:
    class Bulk;
    using Timer = boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>;
    using RowKey = std::tuple<std::uint8_t, std::string, std::string>;

    struct Fault {
        std::size_t skip = 0;
        std::size_t count = 0;
        ErrorCode code{};
        Applied applied{};
    };
    /// A commit between taking its event ids and becoming visible.
    enum class Outcome : std::uint8_t { kWaiting, kReleased, kAbandoned };
    struct Held {
        Held(const Executor& executor, ports::EventId first);
        ports::EventId first_id;
        std::atomic<Outcome> outcome{Outcome::kWaiting};
        Timer timer;
    };

    [[nodiscard]] static RowKey row_key(const ports::Key& key);
    [[nodiscard]] Task<void> yield_if_asked();
    [[nodiscard]] std::shared_ptr<Held>
    hold_if_asked(const Executor& executor, const ports::Batch& batch);
    [[nodiscard]] static Task<Outcome> wait_while_held(std::shared_ptr<Held> held);
    [[nodiscard]] std::optional<Error> take_fault(Fault& fault);
    [[nodiscard]] std::optional<Error> begin_read();
    [[nodiscard]] std::optional<std::string> find(const ports::Key& key) const;
    [[nodiscard]] Result<void> check_expectations(const ports::Batch& batch) const;
    [[nodiscard]] Result<void> apply(const ports::Batch& batch);
    [[nodiscard]] Result<ports::EventId>
    commit_now(ports::Batch& batch, std::shared_ptr<Held> held);
    [[nodiscard]] ports::EventId horizon_locked() const;
    void end_hold(std::size_t index, Outcome outcome);

    SystemClock system_clock_;
    const Clock& clock_;
    /// Held while a commit becomes visible and its listener runs, so that listeners hear in order.
    std::mutex commit_mutex_;
    mutable std::mutex mutex_;  // guards all below
    std::map<RowKey, std::string> rows_;
    std::map<ports::EventId, ports::StoredEvent> events_;
    ports::EventId next_event_ = 1;
    ports::CommitListener listener_;
    Fault commit_fault_;
    Fault read_fault_;
    std::size_t commits_to_hold_ = 0;
    std::vector<std::shared_ptr<Held>> held_;  // until visible or abandoned
    bool ignore_held_ = false;
    bool yield_ = false;
    bool bulk_loading_ = false;
    std::size_t reads_ = 0;
    std::size_t commits_ = 0;
};

}  // namespace rookery::kit
