#pragma once

#include "base/ids.h"
#include "base/prefetch.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace rookery::social {

/// Sixteen bytes, because readers follow many: what few chose for a follow stands in FollowChoice.
struct FollowEdge {
    AccountId account;
    RelationId id;
};

/// What a reader wants of somebody they follow, if that is not everything.
struct FollowChoice {
    AccountId account;
    bool show_boosts = true;
    std::vector<std::string> languages;  ///< empty: all
};

struct MuteEdge {
    AccountId account;
    bool notifications = true;
    std::int64_t expires_at_ms = 0;
};

/// Everything that decides what one signed-in person may and wants to see, in memory: whom and
/// which hashtags they follow, whom they block and mute, and who blocks them. Immutable; all
/// vectors are sorted, those of edges by account.
struct Viewer {
    AccountId id;
    std::vector<FollowEdge> following;
    std::vector<FollowChoice> choices;  ///< of some whom they follow
    std::vector<AccountId> blocking;
    std::vector<AccountId> blocked_by;
    std::vector<MuteEdge> muting;
    std::vector<PostId> muted_threads;
    std::vector<std::string> tags;     ///< followed hashtags, in their stored form
    std::vector<AccountId> set_apart;  ///< members of exclusive lists: not for the home feed

    /// Asks the processor for whom they follow, or the first of very many.
    void fetch_follows_ahead() const {
        constexpr std::size_t kBytesMax = 16 * kCacheLineBytes;
        if (!following.empty()) {
            prefetch_lines(
                following.data(), std::min(following.size() * sizeof(FollowEdge), kBytesMax)
            );
        }
    }
    /// Null if not followed.
    [[nodiscard]] const FollowEdge* follow_of(AccountId account) const;
    [[nodiscard]] bool follows(AccountId account) const { return follow_of(account) != nullptr; }
    /// Null if they want everything, or do not follow.
    [[nodiscard]] const FollowChoice* choice_of(AccountId account) const;
    [[nodiscard]] bool blocks(AccountId account) const;
    [[nodiscard]] bool is_blocked_by(AccountId account) const;
    /// True if there is a mute that has not expired at `now_ms`.
    [[nodiscard]] bool mutes(AccountId account, UnixMs now_ms) const;
    [[nodiscard]] bool mutes_thread(PostId thread) const;
    [[nodiscard]] bool sets_apart(AccountId account) const;
    [[nodiscard]] bool follows_one_of(const std::vector<std::string>& tags_of_post) const;
};
using ViewerPtr = std::shared_ptr<const Viewer>;

/// Viewers of active readers, loaded at first use and dropped when one of their edges, hashtags or
/// lists changes, so that what find() returns is never older than the last acknowledged change.
/// Thread-safe.
class Viewers {
public:
    explicit Viewers(Environment environment, std::size_t cached_viewers_max = 100'000);
    ~Viewers();

    [[nodiscard]] Task<Result<ViewerPtr>> find(AccountId account);
    /// The same of a viewer who is in memory; null otherwise.
    [[nodiscard]] ViewerPtr find_at_once(AccountId account);
    /// Asks the processor for what find() will read.
    void fetch_ahead(AccountId account, FetchStep step);

    void on_committed(const SocialEvent& event);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
