#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "ports/store.h"

#include <cstdint>

namespace rookery::social {

/// Numbers are part of the stored format: append, never renumber.
enum class EventType : std::uint16_t {
    kAccountCreated = 1,
    kAccountUpdated = 2,     ///< profile or settings changed
    kAccountSuspended = 3,   ///< and unsuspended: read the account
    kFollowed = 4,           ///< actor now follows target; ref = follow id
    kUnfollowed = 5,         ///< also by block, removal or suspension
    kFollowChanged = 6,      ///< show_boosts, notify or languages of a follow
    kFollowRequested = 7,    ///< actor asked target; ref = request id
    kFollowRequestGone = 8,  ///< withdrawn, rejected or authorized
    kBlocked = 9,
    kUnblocked = 10,
    kMuted = 11,
    kUnmuted = 12,
    /// actor = author; post; of a boost: subject = boosted post, target = its author; of a reply:
    /// ref = the post replied to
    kPostCreated = 13,
    kPostEdited = 14,
    kPostDeleted = 15,  ///< like kPostCreated; and thread, unless it was a boost
    kFavourited = 16,   ///< actor, post, target = author; ref = favourite id
    kUnfavourited = 17,
    kBookmarked = 18,
    kUnbookmarked = 19,
    kPinned = 20,
    kUnpinned = 21,
    kThreadMuted = 22,  ///< actor; post = thread root
    kThreadUnmuted = 23,
    kTokenRevoked = 24,    ///< actor = its account; ref = token id
    kListChanged = 25,     ///< actor = owner; ref = list id
    kGraphImported = 26,   ///< many follows changed at once: forget what is cached about follows
    kTagFollowed = 27,     ///< and unfollowed; actor
    kFiltersChanged = 28,  ///< actor
    kNotified = 29,        ///< actor = receiver; ref = notification id
    kConversationChanged = 30,  ///< actor = owner; post = thread root
    kReplyDetached = 31,        ///< actor = author; post: what it replied to is gone
    kPostUnpublished = 32,      ///< actor = author; post: was public; its kPostEdited follows
    kNotificationsMerged = 33,  ///< actor let in what was held back of target (notify/)
    kPostsImported = 34,        ///< many posts came without an event each: look at all of them
};

/// One shape for all: which members count depends on the type, the others are zero.
struct SocialEvent {
    EventType type{};
    AccountId actor;
    AccountId target;
    PostId post;
    PostId subject;
    std::uint64_t ref = 0;
    PostId thread;           ///< its root
    bool is_direct = false;  ///< of a post that only those mentioned see: it counts nowhere
    /// As the store numbered it; no part of the payload. 0: not known.
    ports::EventId id = 0;

    bool operator==(const SocialEvent&) const = default;
};

[[nodiscard]] ports::Event encode(const SocialEvent& event);
/// kCorrupt if the payload is not what encode() makes; unknown types decode, for older programs.
[[nodiscard]] Result<SocialEvent> decode(const ports::Event& event);
/// The same, with the number that the store gave it.
[[nodiscard]] Result<SocialEvent> decode(const ports::StoredEvent& stored);

}  // namespace rookery::social
