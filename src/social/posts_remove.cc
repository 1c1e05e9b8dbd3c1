#include "social/post_rows.h"
#include "social/posts_state.h"

#include <utility>

namespace rookery::social {

Task<Result<void>> Posts::State::erase_original(StoredPost stored) {
    ports::Batch batch;
    batch.expect_equals(post_key(stored.post.id), stored.bytes);
    erase_post(batch, stored.post, stored.related_exists);
    SocialEvent event = post_event(EventType::kPostDeleted, stored.post);
    event.thread = stored.post.thread;
    batch.emit(encode(event));
    CO_TRY([[maybe_unused]] const auto id, co_await environment.store.commit(std::move(batch)));
    co_return Result<void>();
}

Task<Result<PostPtr>> Posts::remove(AccountId actor, PostId post) {
    for (int attempt = 0; attempt < kCommitAttempts; ++attempt) {
        CO_TRY(const StoredPost stored, co_await state_->read(post));
        if (stored.post.author != actor) {
            co_return post_not_found();
        }
        Result<void> done;
        if (stored.post.is_boost()) {
            done = co_await state_->erase_boost(stored);
        } else {
            done = co_await state_->erase_original(stored);
        }
        if (done) {
            co_return std::make_shared<const Post>(stored.post);
        }
        if (done.error().code != ErrorCode::kConflict) {
            co_return done.error();
        }
    }
    co_return too_many_conflicts();
}

}  // namespace rookery::social
