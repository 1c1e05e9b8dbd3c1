#pragma once

#include "base/task.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/paging.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

/// A follow edge, or a request for one.
struct Follow {
    RelationId id;
    bool show_boosts = true;
    bool notify = false;
    std::vector<std::string> languages;  ///< empty: all

    bool operator==(const Follow&) const = default;
};

[[nodiscard]] std::string encode(const Follow& follow);
[[nodiscard]] Result<Follow> decode_follow(std::string_view bytes);

struct Mute {
    RelationId id;
    bool notifications = true;
    std::int64_t expires_at_ms = 0;  ///< 0: never

    bool operator==(const Mute&) const = default;
};

[[nodiscard]] std::string encode(const Mute& mute);
[[nodiscard]] Result<Mute> decode_mute(std::string_view bytes);

struct FollowOptions {
    std::optional<bool> show_boosts;
    std::optional<bool> notify;
    std::optional<std::vector<std::string>> languages;
};

/// One entry of a list of relations: the id is the cursor.
struct RelationEntry {
    RelationId id;
    AccountId account;
};

/// How `viewer` and another account stand (Mastodon's Relationship).
struct Relationship {
    AccountId other;
    bool following = false;
    bool showing_boosts = false;
    bool notifying = false;
    std::vector<std::string> languages;
    bool followed_by = false;
    bool blocking = false;
    bool blocked_by = false;
    bool muting = false;
    bool muting_notifications = false;
    std::int64_t mute_expires_at_ms = 0;
    bool requested = false;
    bool requested_by = false;
    std::string note;
};

/// Follows, requests, blocks and mutes: the edges between people, with exact counts. Every change
/// is idempotent: repeating it changes nothing and is no error. Thread-safe.
class Follows {
public:
    Follows(Environment environment, Accounts& accounts);
    ~Follows();

    /// Follows, or asks to if `target` is locked; on an existing follow or request sets the options
    /// only. kForbidden if either blocks the other, kInvalid for oneself.
    [[nodiscard]] Task<Result<void>>
    follow(AccountId actor, AccountId target, FollowOptions options);
    /// Also withdraws a request.
    [[nodiscard]] Task<Result<void>> unfollow(AccountId actor, AccountId target);
    /// kNotFound if `requester` did not ask.
    [[nodiscard]] Task<Result<void>> authorize(AccountId target, AccountId requester);
    [[nodiscard]] Task<Result<void>> reject(AccountId target, AccountId requester);
    [[nodiscard]] Task<Result<void>> remove_follower(AccountId actor, AccountId follower);

    /// Ends follows and requests both ways.
    [[nodiscard]] Task<Result<void>> block(AccountId actor, AccountId target);
    [[nodiscard]] Task<Result<void>> unblock(AccountId actor, AccountId target);
    /// `expires_at_ms` 0: never.
    [[nodiscard]] Task<Result<void>>
    mute(AccountId actor, AccountId target, bool notifications, std::int64_t expires_at_ms);
    [[nodiscard]] Task<Result<void>> unmute(AccountId actor, AccountId target);
    [[nodiscard]] Task<Result<void>> set_note(AccountId actor, AccountId target, std::string note);

    [[nodiscard]] Task<Result<std::vector<Relationship>>>
    relationships(AccountId viewer, std::vector<AccountId> others);

    /// One page each, newest relation first, whatever the size of the list.
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    followers(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    following(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    requests(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    blocks(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    mutes(AccountId account, PageRequest page);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
