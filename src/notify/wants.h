#pragma once

#include "base/clock.h"
#include "social/viewers.h"

namespace rookery::notify {

/// Does the receiver want to hear from `from` at all? False if either blocks the other, or if the
/// receiver mutes their notifications.
[[nodiscard]] bool
wants_notifications(const social::Viewer& receiver, AccountId from, UnixMs now_ms);

}  // namespace rookery::notify
