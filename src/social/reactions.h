#pragma once

#include "base/prefetch.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/follows.h"
#include "social/posts.h"

#include <memory>
#include <vector>

namespace rookery::social {

/// What one account did to one post; an id of 0 means "not".
struct Marks {
    RelationId favourite;
    PostId boost;
    RelationId bookmark;
    RelationId pin;

    [[nodiscard]] bool any() const { return favourite || boost || bookmark || pin; }
    bool operator==(const Marks&) const = default;
};

[[nodiscard]] std::string encode(const Marks& marks);
[[nodiscard]] Result<Marks> decode_marks(std::string_view bytes);

/// One entry of a list of posts that pages by the relation's id (favourites, bookmarks).
struct MarkedPost {
    RelationId id;
    PostId post;
};

/// Favourites, bookmarks and pins, with exact counts (boosts are posts: see posts.h). Every change
/// is idempotent. Thread-safe.
class Reactions {
public:
    Reactions(Environment environment, Posts& posts, std::size_t cached_windows_max = 100'000);
    ~Reactions();

    [[nodiscard]] Task<Result<void>> favourite(AccountId actor, PostPtr post);
    [[nodiscard]] Task<Result<void>> unfavourite(AccountId actor, PostPtr post);
    [[nodiscard]] Task<Result<void>> bookmark(AccountId actor, PostPtr post);
    [[nodiscard]] Task<Result<void>> unbookmark(AccountId actor, PostPtr post);
    /// kInvalid unless the post is the actor's own, no boost and not direct; at most 5 pins.
    [[nodiscard]] Task<Result<void>> pin(AccountId actor, PostPtr post);
    [[nodiscard]] Task<Result<void>> unpin(AccountId actor, PostPtr post);

    /// In the order of `posts`. Served from memory for recent posts of an active viewer.
    [[nodiscard]] Task<Result<std::vector<Marks>>>
    marks(AccountId viewer, std::vector<PostId> posts);
    /// Asks the processor for what marks() will read.
    void fetch_ahead(AccountId viewer, FetchStep step);

    [[nodiscard]] Task<Result<std::vector<MarkedPost>>>
    favourites(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<MarkedPost>>>
    bookmarks(AccountId account, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<MarkedPost>>> pins(AccountId account);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    favourited_by(PostId post, PageRequest page);
    [[nodiscard]] Task<Result<std::vector<RelationEntry>>>
    boosted_by(PostId post, PageRequest page);

    void on_committed(const SocialEvent& event);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace rookery::social
