#pragma once

#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

#include <span>
#include <string_view>

namespace rookery::events {

/// Makes derived state from the outbox. Each consumer has its own place in it (its checkpoint),
/// sees every event in the order of ids, and sees each at least once: after a crash or an error the
/// same events come again, alone or in other groups.
class Consumer {
public:
    virtual ~Consumer() = default;

    /// Stored as the name of its checkpoint and dead letters: never changed once released.
    [[nodiscard]] virtual std::string_view name() const = 0;

    /// Returns what follows from these events: rows, preconditions and further events. They are
    /// committed in one batch with the checkpoint, so that in the store each event takes effect
    /// exactly once. What it changes elsewhere (memory, other machines) must bear repetition. An
    /// error, an exception, or a kConflict of that commit means the same events again, one by one
    /// and later; an event that keeps failing becomes a dead letter. `events` is valid until the
    /// task ends, is never empty, and is handed to one call at a time.
    [[nodiscard]] virtual Task<Result<ports::Batch>> handle(
        std::span<const ports::StoredEvent> events
    ) = 0;
};

/// Where a consumer begins and whether the store remembers how far it came.
enum class Durability : std::uint8_t {
    /// Begins at the oldest event kept and goes on where it was after a restart.
    kDurable,
    /// For state in memory only: begins at the horizon of the moment it was added, keeps no rows;
    /// an event that keeps failing is logged and skipped.
    kEphemeral,
};

}  // namespace rookery::events
