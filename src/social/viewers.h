#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"

#include <memory>
#include <vector>

namespace rookery::social {

struct FollowEdge {
    AccountId account;
    RelationId id;
    bool show_boosts = true;
    bool notify = false;
    std::vector<std::string> languages;
};

struct MuteEdge {
    AccountId account;
    bool notifications = true;
    std::int64_t expires_at_ms = 0;
};

/// Everything that decides what one signed-in person may and wants to see, in memory: whom they
/// follow, block and mute, and who blocks them. Immutable; all vectors are sorted by account.
struct Viewer {
    AccountId id;
    std::vector<FollowEdge> following;
    std::vector<AccountId> blocking;
    std::vector<AccountId> blocked_by;
    std::vector<MuteEdge> muting;
    std::vector<PostId> muted_threads;  ///< sorted

    /// Null if not followed.
    [[nodiscard]] const FollowEdge* follow_of(AccountId account) const;
    [[nodiscard]] bool follows(AccountId account) const { return follow_of(account) != nullptr; }
    [[nodiscard]] bool blocks(AccountId account) const;
    [[nodiscard]] bool is_blocked_by(AccountId account) const;
    /// True if there is a mute that has not expired at `now_ms`.
    [[nodiscard]] bool mutes(AccountId account, UnixMs now_ms) const;
    [[nodiscard]] bool mutes_thread(PostId thread) const;
};
using ViewerPtr = std::shared_ptr<const Viewer>;

/// Viewers of active readers, loaded at first use and dropped when one of their edges changes, so
/// that what find() returns is never older than the last acknowledged change. Thread-safe.
class Viewers {
public:
    explicit Viewers(Environment environment, std::size_t cached_viewers_max = 100'000);
    ~Viewers();

    [[nodiscard]] Task<Result<ViewerPtr>> find(AccountId account);

    void on_committed(const SocialEvent& event);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
