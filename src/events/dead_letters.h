#pragma once

#include "base/result.h"
#include "base/task.h"
#include "events/consumer.h"
#include "ports/store.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::events {

/// An event that a consumer could not handle and went past.
struct DeadLetter {
    ports::StoredEvent event;
    UnixMs buried_at_ms = 0;
    std::uint32_t tries = 0;
    std::string error;  ///< for the operator: code, message and detail of the last try

    bool operator==(const DeadLetter&) const = default;
};

[[nodiscard]] ports::Key dead_letter_key(std::string_view consumer, ports::EventId event);
[[nodiscard]] std::string encode(const DeadLetter& letter);
/// kCorrupt if key or value is not what encode and dead_letter_key make.
[[nodiscard]] Result<DeadLetter> decode_dead_letter(std::string_view sort, std::string_view value);

/// What the operator does about dead letters. Thread-safe.
class DeadLetters {
public:
    explicit DeadLetters(ports::Store& store) : store_(store) {}

    /// Oldest first, those of events with an id above `after`.
    [[nodiscard]] Task<Result<std::vector<DeadLetter>>>
    list(std::string consumer, ports::EventId after, std::size_t limit);

    /// Hands the event to the consumer once more and removes the letter in the same commit as what
    /// follows from it. kNotFound if there is none; if it fails again the letter stays. The event
    /// comes late, after younger ones. While a Runner runs the consumer, use Runner::replay.
    [[nodiscard]] Task<Result<void>> replay(Consumer* consumer, ports::EventId event);

    /// Gives the event up. kNotFound if there is no such letter.
    [[nodiscard]] Task<Result<void>> discard(std::string consumer, ports::EventId event);

private:
    ports::Store& store_;
};

}  // namespace rookery::events
