#pragma once

#include "ports/store.h"

/// The tables of this room (docs/formats/events.md).
namespace rookery::events::tables {

inline constexpr ports::Table kCheckpoints{200};  ///< consumer / "" → id of the last event handled
inline constexpr ports::Table kDeadLetters{201};  ///< consumer / event id → DeadLetter

}  // namespace rookery::events::tables
