#include "social/post_commit.h"
#include "social/post_rows.h"
#include "social/post_text.h"
#include "social/posts_state.h"

#include <utility>

namespace rookery::social {

namespace {

Error no_such_parent() {
    return fail(
        ErrorCode::kNotFound, "The status you are trying to reply to does not appear to exist"
    );
}

bool is_not_found(const Result<PostPtr>& result) {
    return !result && result.error().code == ErrorCode::kNotFound;
}

}  // namespace

Task<Result<Post>> Posts::State::compose(NewPost draft) {
    CO_TRY(const AccountPtr author, co_await accounts.find(draft.author));
    if (author->suspended) {
        co_return fail(ErrorCode::kForbidden, "Your login is currently disabled");
    }
    Result<PostText> composed = co_await compose_text(
        &accounts,
        &limits,
        environment.local_host,
        std::move(draft.text),
        std::move(draft.spoiler_text)
    );
    CO_TRY(PostText text, std::move(composed));
    Post post;
    post.author = draft.author;
    post.visibility = draft.visibility;
    post.sensitive = draft.sensitive || !text.spoiler_text.empty();
    post.spoiler_text = std::move(text.spoiler_text);
    post.text = std::move(text.text);
    post.content_html = std::move(text.content_html);
    post.mentions = std::move(text.mentions);
    post.tags = std::move(text.tags);
    post.language = normalize_language(draft.language);
    if (post.language.empty()) {
        post.language = author->default_language;
    }
    post.app_name = std::move(draft.app_name);
    post.app_website = std::move(draft.app_website);
    co_return post;
}

Task<Result<void>> Posts::State::place_in_thread(Post* post, PostId parent_id) {
    Result<PostPtr> parent = co_await find_original(parent_id);
    if (is_not_found(parent)) {
        co_return no_such_parent();
    }
    CO_TRY(const PostPtr found, std::move(parent));
    CO_TRY(const bool is_visible, co_await can_see(post->author, found));
    if (!is_visible) {
        co_return no_such_parent();
    }
    post->in_reply_to = found->id;
    post->in_reply_to_account = found->author;
    post->thread = found->thread;
    co_return Result<void>();
}

Task<Result<PostPtr>>
Posts::State::commit_new(ports::Batch batch, PostSequence::Ticket ticket, Post post) {
    batch.emit(encode(post_event(EventType::kPostCreated, post)));
    const auto made = std::make_shared<const Post>(std::move(post));
    const auto stamp = cache.stamp(made->id);
    CO_CHECK(co_await commit_post(
        &environment.store, std::move(batch), std::move(ticket), limits.commit_timeout_ms
    ));
    cache.insert(made->id, made, stamp);
    co_return made;
}

Task<Result<PostPtr>> Posts::State::try_create(Post post, const IdempotencyKeys::Claim* claim) {
    PostSequence::Ticket ticket = sequence.take();
    post.id = ticket.id();
    if (!post.in_reply_to) {
        post.thread = post.id;
    }
    ports::Batch batch;
    if (claim != nullptr) {
        idempotency.bind(batch, *claim, post.id);
    }
    put_post(batch, post, static_cast<bool>(post.in_reply_to));
    co_return co_await commit_new(std::move(batch), std::move(ticket), std::move(post));
}

Task<Result<PostPtr>> Posts::create(NewPost draft) {
    const AccountId author = draft.author;
    const PostId parent = draft.in_reply_to;
    const std::string key = draft.idempotency_key;
    std::optional<KeyedTurns::Turn> turn;
    if (!key.empty()) {
        turn.emplace(co_await state_->idempotency.wait(author, key));
    }
    std::optional<Post> post;
    for (int attempt = 0; attempt < kCommitAttempts; ++attempt) {
        std::optional<IdempotencyKeys::Claim> claim;
        if (!key.empty()) {
            CO_TRY(claim, co_await state_->idempotency.look_up(author, key));
        }
        if (claim && claim->first) {
            Result<PostPtr> first = co_await find(claim->first);
            if (!is_not_found(first)) {
                co_return first;
            }
        }
        if (!post) {
            CO_TRY(post, co_await state_->compose(draft));
        }
        if (parent) {
            CO_CHECK(co_await state_->place_in_thread(&*post, parent));
        }
        Result<PostPtr> made = co_await state_->try_create(*post, claim ? &*claim : nullptr);
        if (made || made.error().code != ErrorCode::kConflict) {
            co_return made;
        }
    }
    co_return too_many_conflicts();
}

}  // namespace rookery::social
