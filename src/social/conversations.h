#pragma once

#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/paging.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::social {

/// A thread of direct posts as one of its people has it. Its id on the wire is that of the root.
struct Conversation {
    PostId root;
    PostId last_post;  ///< the newest direct post to or by the owner; what lists page by
    bool unread = false;
    std::vector<AccountId> others;  ///< whom its posts are by or mention, without the owner; sorted

    bool operator==(const Conversation&) const = default;
};

[[nodiscard]] std::string encode(const Conversation& conversation);
[[nodiscard]] Result<Conversation> decode_conversation(std::string_view bytes);

/// The direct conversations of each account, derived from direct posts by a consumer of the outbox.
/// Thread-safe.
class Conversations {
public:
    Conversations(Environment environment, Posts& posts, Viewers& viewers);

    /// What follows from these events, to be committed together with the consumer's checkpoint
    /// (kConflict: call again). Idempotent; events of other kinds are passed over. Who does not
    /// want the post in lists gets no conversation from it.
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::vector<SocialEvent> events);

    /// Newest last post first; the page's cursors are ids of last posts.
    [[nodiscard]] Task<Result<std::vector<Conversation>>> list(AccountId owner, PageRequest page);
    /// As it is afterwards. kNotFound if the owner has no such conversation.
    [[nodiscard]] Task<Result<Conversation>> mark_read(AccountId owner, PostId root);
    /// Out of the owner's list until the next post; nobody else's changes. kNotFound if there is
    /// none.
    [[nodiscard]] Task<Result<void>> remove(AccountId owner, PostId root);

private:
    using Place = std::pair<AccountId, PostId>;  ///< owner and root
    /// What a group of events means, each conversation once.
    struct Changes {
        std::map<Place, std::vector<PostPtr>> posts;  ///< new or changed; empty after a deletion
        std::set<PostId> deleted;
    };

    [[nodiscard]] Task<Result<void>> collect_post(Changes* changes, PostId id);
    [[nodiscard]] Task<Result<void>>
    collect_deletion(Changes* changes, PostId id, ports::Batch* batch);
    [[nodiscard]] Task<Result<void>>
    apply(ports::Batch* batch, Place place, std::vector<PostPtr> posts, std::set<PostId> deleted);
    /// The newest direct post of a thread that its owner takes part in; none: 0.
    [[nodiscard]] Task<Result<PostId>> newest_post(Place place);

    Environment environment_;
    Posts& posts_;
    Viewers& viewers_;
};

}  // namespace rookery::social
