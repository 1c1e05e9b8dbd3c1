#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::ports {

/// A table's number is part of every stored key and never reused (docs/formats/keys.md).
/// 1..199 belong to the rooms of meaning (social/tables.h), 200..254 to events/ and store/.
enum class Table : std::uint8_t {};

inline constexpr std::size_t kPartitionBytesMax = 255;

/// Where a row lives: a table, a partition (all rows of one are stored together and scanned in
/// order), and a sort key. Both parts are byte strings compared as unsigned bytes; both may be
/// empty. A partition is at most kPartitionBytesMax long.
struct Key {
    Table table{};
    std::string partition;
    std::string sort;

    bool operator==(const Key&) const = default;
};

struct Row {
    std::string sort;
    std::string value;

    bool operator==(const Row&) const = default;
};

/// A slice of one partition: sort keys in [from, until); an empty `until` means the end of the
/// partition. At most `limit` rows, from the low end, or from the high end when `descending`.
struct Range {
    Table table{};
    std::string partition;
    std::string from;
    std::string until;
    bool descending = false;
    std::size_t limit = 1000;
};

/// Up to four numbers in one row that are changed by addition only, so that concurrent writers
/// never conflict. A row that was never added to reads as absent, which means four zeros.
using Counters = std::array<std::int64_t, 4>;
[[nodiscard]] Counters sum(const Counters& a, const Counters& b);
[[nodiscard]] std::string encode_counters(const Counters& counters);
/// Anything but what encode_counters makes is kCorrupt.
[[nodiscard]] Result<Counters> decode_counters(std::string_view bytes);

/// Numbers of events of one store: dense or not, but a later commit's events never become visible
/// below `Store::horizon`. 0 is before the first.
using EventId = std::uint64_t;

/// What happened, for consumers. `type` and `payload` are the emitting room's own.
struct Event {
    std::uint16_t type = 0;
    std::string payload;

    bool operator==(const Event&) const = default;
};

struct StoredEvent {
    EventId id = 0;
    UnixMs at_ms = 0;  ///< when it was committed
    Event event;

    bool operator==(const StoredEvent&) const = default;
};

/// Rows and events that become durable together or not at all, and the preconditions for that.
/// Operations on the same key apply in the order in which they were added.
class Batch {
public:
    void put(Key key, std::string value) {
        operations.push_back({Operation::kPut, std::move(key), std::move(value), {}});
    }
    void erase(Key key) { operations.push_back({Operation::kErase, std::move(key), {}, {}}); }
    void add(Key key, Counters delta) {
        operations.push_back({Operation::kAdd, std::move(key), {}, delta});
    }

    /// Preconditions are tested at the moment of the commit, in the order of commits: they see
    /// every batch that was acknowledged before, and nothing of this one.
    void expect_absent(Key key) {
        expectations.push_back({Expectation::kAbsent, std::move(key), {}});
    }
    void expect_present(Key key) {
        expectations.push_back({Expectation::kPresent, std::move(key), {}});
    }
    void expect_equals(Key key, std::string value) {
        expectations.push_back({Expectation::kEquals, std::move(key), std::move(value)});
    }

    void emit(Event event) { events.push_back(std::move(event)); }

    [[nodiscard]] bool empty() const { return operations.empty() && events.empty(); }

    struct Operation {
        enum Kind : std::uint8_t { kPut, kErase, kAdd } kind;
        Key key;
        std::string value;
        Counters delta;
    };
    struct Expectation {
        enum Kind : std::uint8_t { kAbsent, kPresent, kEquals } kind;
        Key key;
        std::string value;
    };

    std::vector<Operation> operations;
    std::vector<Expectation> expectations;
    std::vector<Event> events;
};

/// What every implementation refuses before it does anything: kInvalid for a partition over 255
/// bytes.
[[nodiscard]] Result<void> check_batch(const Batch& batch);
/// check_batch, and kInvalid for preconditions or events: what `Store::load` takes.
[[nodiscard]] Result<void> check_load(const Batch& batch);

class BulkLoad;  // bulk_load.h

/// Told of every batch of events that became durable, in commit order, once, before the commit that
/// made them is acknowledged. Called on a thread of the store: it must be quick, must not block and
/// must not call the store. What it does is a nudge or the upkeep of memory: whatever must survive
/// a crash is done by a consumer of the outbox.
using CommitListener = std::function<void(std::span<const StoredEvent>)>;

/// The truth: wide rows and, in the same commits, the outbox of events. All methods are
/// thread-safe, may be called from any executor and resume on the caller's. A missing row is not an
/// error; kUnavailable (stopping, overloaded) means that nothing was done, kInternal that the store
/// is broken.
class Store {
public:
    virtual ~Store() = default;

    [[nodiscard]] virtual Task<Result<std::optional<std::string>>> get(Key key) = 0;

    /// One answer for each key, in the order of `keys`.
    [[nodiscard]] virtual Task<Result<std::vector<std::optional<std::string>>>> multi_get(
        std::vector<Key> keys
    ) = 0;

    /// Rows of one partition in the order asked for. Sees every acknowledged commit.
    [[nodiscard]] virtual Task<Result<std::vector<Row>>> scan(Range range) = 0;

    /// One answer for each range, in their order, each as scan() would give it: cheaper than as
    /// many scans. They may see different commits.
    [[nodiscard]] virtual Task<Result<std::vector<std::vector<Row>>>> scan_many(
        std::vector<Range> ranges
    ) = 0;

    /// Makes the batch durable (according to the store's sync option) and then visible, or does
    /// nothing and says why: kConflict if a precondition does not hold. When this returns a value,
    /// every later read sees the batch and the commit listener has returned.
    /// The value is the id of the batch's last event, or 0 if it had none.
    [[nodiscard]] virtual Task<Result<EventId>> commit(Batch batch) = 0;

    /// Bulk writing, for imports: makes the rows visible all or none, as fast as the store can.
    /// The batch must have neither preconditions nor events (kInvalid). Durable at the latest when
    /// a later flush() or commit() has returned; after a crash before that, the newest loads may be
    /// gone, but each is there wholly or not at all and none survives an earlier one that is lost.
    /// So a row of progress in each load lets an interrupted import go on. Loads of different
    /// callers, and of a caller that does not wait, are in no order; no commit's precondition is
    /// tested together with a load that runs at the same time.
    [[nodiscard]] virtual Task<Result<void>> load(Batch batch) = 0;

    /// Returns when every load that had returned before is durable.
    [[nodiscard]] virtual Task<Result<void>> flush() = 0;

    /// Begins a bulk load of sorted rows. kConflict if one of the tables in `empty` has a row: what
    /// a load needs not look for, because it cannot be there. One at a time (kUnavailable).
    [[nodiscard]] virtual Task<Result<std::unique_ptr<BulkLoad>>> begin_bulk_load(
        std::vector<Table> empty
    ) = 0;

    /// Events with `after` < id <= horizon(), lowest first, at most `limit`.
    [[nodiscard]] virtual Task<Result<std::vector<StoredEvent>>>
    read_events(EventId after, std::size_t limit) = 0;

    /// No event at or below this id will ever become visible again: a consumer that has read up to
    /// it misses nothing. A store with one writer returns its newest committed id; one with many
    /// writers lags by the longest permitted commit plus clock skew.
    [[nodiscard]] virtual EventId horizon() const = 0;

    /// Asked after a read, an id that no event is above whose commit the read may have seen. Who
    /// keeps what was read and is told of events by the commit listener knows by it that an event
    /// above is not in what was read; one at or below may be.
    [[nodiscard]] virtual EventId frontier() const = 0;

    /// Forgets events with id <= `up_to`. Consumers behind it would miss them: the runner calls it
    /// with the smallest checkpoint.
    [[nodiscard]] virtual Task<Result<void>> trim_events(EventId up_to) = 0;

    /// Sets the one listener; to be called before the first commit.
    virtual void set_commit_listener(CommitListener listener) = 0;
};

}  // namespace rookery::ports
