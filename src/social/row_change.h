#pragma once

#include "base/task.h"
#include "ports/store.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

/// A row that a change depends on: it must be as it was read when the change commits or, with
/// `presence_only`, be there or be absent as before.
struct WatchedRow {
    ports::Key key;
    bool presence_only = false;
};

/// The watched rows as read, in their order.
using FoundRows = std::vector<std::optional<std::string>>;

/// Adds to the batch what is to be done about the rows that were found; adds nothing if nothing is.
/// An error ends the change. It may be called several times.
using RowPlan = std::function<Result<void>(const FoundRows&, ports::Batch&)>;

/// Reads, plans and commits on the condition that nobody changed the watched rows meanwhile; if
/// somebody did, begins again. kUnavailable after too many times.
[[nodiscard]] Task<Result<void>>
change_rows(ports::Store* store, std::vector<WatchedRow> watched, RowPlan plan);

}  // namespace rookery::social
