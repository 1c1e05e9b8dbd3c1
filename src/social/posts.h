#pragma once

#include "base/task.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/post.h"
#include "social/post_sequence.h"
#include "social/viewers.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

struct NewPost {
    AccountId author;
    std::string text;
    std::string spoiler_text;
    bool sensitive = false;
    std::string language;
    Visibility visibility = Visibility::kPublic;
    PostId in_reply_to;
    std::string idempotency_key;  ///< empty: none
    std::string app_name;
    std::string app_website;
};

/// Members that are set are changed. `visibility` may only become narrower.
struct PostChanges {
    std::optional<std::string> text;
    std::optional<std::string> spoiler_text;
    std::optional<bool> sensitive;
    std::optional<std::string> language;
    std::optional<Visibility> visibility;
};

struct PostLimits {
    std::size_t characters_max = 500;  ///< as Mastodon counts (text::count_characters)
    /// Of text and content warning each: a single character can be any number of bytes.
    std::size_t text_bytes_max = 32'768;
    std::size_t mentions_max = 100;  ///< of accounts that exist; more are left as plain text
    std::size_t tags_max = 100;      ///< more are found by no tag timeline
    std::size_t edits_shown_max = 1000;
    std::size_t cached_posts_max = 100'000;
    std::uint32_t idempotency_seconds = 3600;
    std::uint32_t commit_timeout_ms = 10'000;
};

/// Making, changing and finding posts. Privacy is the caller's question to privacy.h, except that
/// one can only reply to what one may see. Thread-safe.
class Posts {
public:
    Posts(
        Environment environment,
        PostLimits limits,
        Accounts& accounts,
        Viewers& viewers,
        PostSequence& sequence
    );
    ~Posts();

    /// Durable and visible to every reader when this returns. A repeat with the same idempotency
    /// key within the hour returns the first post, also while the first is still under way.
    [[nodiscard]] Task<Result<PostPtr>> create(NewPost post);

    /// A boost; `visibility` must not be direct, and a private post's boost is private. Repeating
    /// it returns the first boost. A boost of a boost boosts the original.
    [[nodiscard]] Task<Result<PostPtr>> boost(AccountId actor, PostId post, Visibility visibility);
    /// The post that was boosted; no error if it was not.
    [[nodiscard]] Task<Result<PostPtr>> unboost(AccountId actor, PostId post);

    /// kNotFound unless `actor` wrote it. Only a change of text, content warning or sensitivity
    /// makes a new version. Whom a former version mentioned stays mentioned.
    [[nodiscard]] Task<Result<PostPtr>> edit(AccountId actor, PostId post, PostChanges changes);
    /// The post as it was; kNotFound unless `actor` wrote it. It is gone from everything when this
    /// returns; what others did to it is cleaned up later (post_cleanup.h). Replies stay.
    [[nodiscard]] Task<Result<PostPtr>> remove(AccountId actor, PostId post);
    /// Versions, oldest first, the present one last.
    [[nodiscard]] Task<Result<std::vector<PostEdit>>> history(PostId post);

    /// For importers of posts made elsewhere or long ago: adds to a batch for Store::load what
    /// create() and boost() would commit, without events. Whatever `draft` says, the post replies
    /// to `parent` (null: none), which like `original` may be part of the same batch. `id` is
    /// unused, above the parent's, and either older than all that this process took from the
    /// PostSequence or a ticket's that is settled after the load. A boost must be the first by its
    /// actor.
    [[nodiscard]] Task<Result<PostPtr>>
    plan_import(ports::Batch* batch, NewPost draft, PostId id, PostPtr parent);
    static PostPtr
    plan_import_boost(ports::Batch& batch, AccountId actor, PostId id, const Post& original);

    [[nodiscard]] Task<Result<PostPtr>> find(PostId id);
    /// In the order of `ids`; null where there is none (any more).
    [[nodiscard]] Task<Result<std::vector<PostPtr>>> find_many(std::vector<PostId> ids);
    /// In the order of `ids`.
    [[nodiscard]] Task<Result<std::vector<PostCounts>>> counts(std::vector<PostId> ids);

    /// Keeps the caches true; called for every committed event (see ports::CommitListener).
    void on_committed(const SocialEvent& event);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
