#pragma once

#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

#include <memory>
#include <string_view>

namespace rookery::ports {

/// Where a row of a bulk load lives: a Key that owns nothing.
struct KeyView {
    Table table{};
    std::string_view partition;
    std::string_view sort;
};

/// True if `a` comes before `b` in the order of a bulk load: by table, then by the length of the
/// partition, the partition and the sort key, as unsigned bytes.
[[nodiscard]] bool loads_before(const KeyView& a, const KeyView& b);

/// One run of rows whose keys rise strictly. Used by one thread at a time; blocks on the disk.
/// Without close() its rows are dropped.
class BulkWriter {
public:
    virtual ~BulkWriter() = default;

    /// kInvalid if the key does not come after the last one, or its partition is too long.
    [[nodiscard]] virtual Result<void> put(const KeyView& key, std::string_view value) = 0;
    /// Adds to the counters that are there, as Batch::add.
    [[nodiscard]] virtual Result<void> add(const KeyView& key, const Counters& delta) = 0;
    /// Ends the run. Nothing may be written afterwards.
    [[nodiscard]] virtual Result<void> close() = 0;
};

/// Very many rows at once, several times faster than Store::load, because they come sorted.
/// Nothing of it is visible before finish(); without it, or after a crash, all of it is dropped.
/// No event tells of it: for data that nobody has cached. Thread-safe; the store must outlive it.
class BulkLoad {
public:
    virtual ~BulkLoad() = default;

    /// Begins another run; several may be written at the same time by different threads.
    [[nodiscard]] virtual Result<std::unique_ptr<BulkWriter>> writer() = 0;

    /// Makes the rows of all closed runs durable and visible, all or none. A row replaces one of
    /// the same key that was there before. kInvalid if keys of one run lie among those of another.
    /// To be called once, when no writer is open.
    [[nodiscard]] virtual Task<Result<void>> finish() = 0;
};

}  // namespace rookery::ports
