#include "notify/wants.h"

#include <algorithm>

namespace rookery::notify {

bool wants_notifications(const social::Viewer& receiver, AccountId from, UnixMs now_ms) {
    if (receiver.blocks(from) || receiver.is_blocked_by(from)) {
        return false;
    }
    if (!receiver.mutes(from, now_ms)) {
        return true;
    }
    const auto edge =
        std::ranges::lower_bound(receiver.muting, from, {}, &social::MuteEdge::account);
    return edge == receiver.muting.end() || edge->account != from || !edge->notifications;
}

}  // namespace rookery::notify
