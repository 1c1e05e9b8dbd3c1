#include "social/posts.h"

#include "social/post_rows.h"
#include "social/posts_state.h"
#include "social/privacy.h"

#include <utility>

namespace rookery::social {

Error post_not_found() {
    return fail(ErrorCode::kNotFound, "Record not found");
}

Error too_many_conflicts() {
    return fail(
        ErrorCode::kUnavailable, "Too many changes at once, please try again", "commit conflicts"
    );
}

SocialEvent post_event(EventType type, const Post& post) {
    SocialEvent event;
    event.type = type;
    event.actor = post.author;
    event.post = post.id;
    event.subject = post.boost_of;
    event.target = post.boost_of_author;
    event.ref = post.in_reply_to.value;
    event.is_direct = post.visibility == Visibility::kDirect;
    return event;
}

Posts::State::State(
    Environment env,
    PostLimits lim,
    Accounts& acc,
    Viewers& view,
    PostSequence& seq
)
    : environment(std::move(env)),
      limits(lim),
      accounts(acc),
      viewers(view),
      sequence(seq),
      cache(lim.cached_posts_max),
      counts_cache(lim.cached_posts_max),
      idempotency(environment, lim.idempotency_seconds) {}

Posts::Posts(
    Environment environment,
    PostLimits limits,
    Accounts& accounts,
    Viewers& viewers,
    PostSequence& sequence
)
    : state_(std::make_unique<State>(std::move(environment), limits, accounts, viewers, sequence)) {
}

Posts::~Posts() = default;

Task<Result<StoredPost>> Posts::State::read(PostId id) {
    CO_TRY(std::optional<std::string> bytes, co_await environment.store.get(post_key(id)));
    if (!bytes) {
        co_return post_not_found();
    }
    StoredPost stored;
    CO_TRY(stored.post, decode_post(*bytes));
    stored.bytes = std::move(*bytes);
    if (const PostId related = related_post(stored.post)) {
        CO_TRY(const auto row, co_await environment.store.get(post_key(related)));
        stored.related_exists = row.has_value();
    }
    co_return stored;
}

Task<Result<bool>> Posts::State::can_see(AccountId viewer, PostPtr post) {
    CO_TRY(const AccountPtr author, co_await accounts.find(post->author));
    CO_TRY(const ViewerPtr who, co_await viewers.find(viewer));
    co_return social::can_see(who.get(), *post, *author);
}

Task<Result<PostPtr>> Posts::find(PostId id) {
    return state_->find(id);
}

Task<Result<std::vector<PostPtr>>> Posts::find_many(std::vector<PostId> ids) {
    return state_->find_many(std::move(ids));
}

Task<Result<PostPtr>> Posts::State::find(PostId id) {
    CO_TRY(const std::vector<PostPtr> found, co_await find_many({id}));
    if (!found.front()) {
        co_return post_not_found();
    }
    co_return found.front();
}

Task<Result<PostPtr>> Posts::State::find_original(PostId id) {
    CO_TRY(const PostPtr post, co_await find(id));
    if (!post->is_boost()) {
        co_return post;
    }
    const PostId original = post->boost_of;
    co_return co_await find(original);
}

Task<Result<std::vector<PostPtr>>> Posts::State::find_many(std::vector<PostId> ids) {
    std::vector<PostPtr> posts(ids.size());
    std::vector<std::size_t> missing;
    std::vector<ports::Key> keys;
    std::vector<PostCache::Stamp> stamps;
    cache.find_many(
        ids,
        [&](std::size_t i, const PostPtr& post) { posts[i] = post; },
        [&](std::size_t i, PostCache::Stamp stamp) {
            missing.push_back(i);
            stamps.push_back(stamp);
            keys.push_back(post_key(ids[i]));
        }
    );
    if (missing.empty()) {
        co_return posts;
    }
    CO_TRY(const auto rows, co_await environment.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::optional<std::string>& row = rows[i];
        if (!row) {
            continue;
        }
        CO_TRY(Post post, decode_post(*row));
        const std::size_t place = missing[i];
        posts[place] = std::make_shared<const Post>(std::move(post));
        cache.insert(ids[place], posts[place], stamps[i]);
    }
    co_return posts;
}

Task<Result<std::vector<PostCounts>>> Posts::counts(std::vector<PostId> ids) {
    std::vector<PostCounts> counts(ids.size());
    std::vector<std::size_t> missing;
    std::vector<ports::Key> keys;
    std::vector<PostCountsCache::Stamp> stamps;
    state_->counts_cache.find_many(
        ids,
        [&](std::size_t i, const PostCounts& hit) { counts[i] = hit; },
        [&](std::size_t i, PostCountsCache::Stamp stamp) {
            missing.push_back(i);
            stamps.push_back(stamp);
            keys.push_back(post_counters_key(ids[i]));
        }
    );
    if (missing.empty()) {
        co_return counts;
    }
    CO_TRY(const auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::size_t place = missing[i];
        if (const std::optional<std::string>& row = rows[i]) {
            CO_TRY(const ports::Counters numbers, ports::decode_counters(*row));
            counts[place] = {numbers[0], numbers[1], numbers[2]};
        }
        state_->counts_cache.insert(ids[place], counts[place], stamps[i]);
    }
    co_return counts;
}

void Posts::on_committed(const SocialEvent& event) {
    switch (event.type) {
        case EventType::kReplyDetached:
            state_->cache.erase(event.post);
            return;
        case EventType::kPostEdited:
            state_->cache.erase(event.post);
            [[fallthrough]];  // a reply that nobody but followers may see any more counts no more
        case EventType::kPostCreated:
            break;
        case EventType::kPostDeleted:
            state_->cache.erase(event.post);
            state_->counts_cache.erase(event.post);
            break;
        case EventType::kFavourited:
        case EventType::kUnfavourited:
            state_->counts_cache.erase(event.post);
            return;
        case EventType::kGraphImported:
            state_->counts_cache.clear();
            return;
        default:
            return;
    }
    if (event.subject) {
        state_->counts_cache.erase(event.subject);
    }
    if (event.ref != 0) {
        state_->counts_cache.erase(PostId(event.ref));
    }
}

}  // namespace rookery::social
