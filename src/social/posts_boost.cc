#include "social/post_rows.h"
#include "social/posts_state.h"
#include "social/privacy.h"
#include "social/reactions.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

namespace {

struct StoredMarks {
    ports::Key key;
    std::optional<std::string> bytes;
    Marks marks;
};

Task<Result<StoredMarks>> read_marks(ports::Store* store, AccountId account, PostId post) {
    StoredMarks out;
    out.key = {tables::kMarks, tables::id_bytes(account), tables::newest_first(post)};
    CO_TRY(out.bytes, co_await store->get(out.key));
    if (out.bytes) {
        CO_TRY(out.marks, decode_marks(*out.bytes));
    }
    co_return out;
}

/// Adds the change from what was read to `marks`; the commit conflicts if somebody was faster.
void change_marks(ports::Batch& batch, const StoredMarks& before, const Marks& marks) {
    if (before.bytes) {
        batch.expect_equals(before.key, *before.bytes);
    } else {
        batch.expect_absent(before.key);
    }
    if (marks.any()) {
        batch.put(before.key, encode(marks));
    } else if (before.bytes) {
        batch.erase(before.key);
    }
}

/// The visibility of a boost that was asked for with `wanted`.
Result<Visibility> boost_visibility(AccountId actor, const Post& original, Visibility wanted) {
    if (!can_boost(actor, original)) {
        return fail(ErrorCode::kForbidden, "This action is not allowed");
    }
    if (wanted == Visibility::kDirect) {
        return fail(
            ErrorCode::kInvalid, "Validation failed: Visibility of a boost can't be direct"
        );
    }
    return original.visibility == Visibility::kPrivate ? Visibility::kPrivate : wanted;
}

}  // namespace

Task<Result<PostPtr>> Posts::boost(AccountId actor, PostId post, Visibility visibility) {
    for (int attempt = 0; attempt < kCommitAttempts; ++attempt) {
        CO_TRY(const PostPtr original, co_await state_->find_original(post));
        CO_TRY(const bool is_visible, co_await state_->can_see(actor, original));
        if (!is_visible) {
            co_return post_not_found();
        }
        Post boost;
        CO_TRY(boost.visibility, boost_visibility(actor, *original, visibility));
        Result<StoredMarks> read =
            co_await read_marks(&state_->environment.store, actor, original->id);
        CO_TRY(const StoredMarks before, std::move(read));
        if (before.marks.boost) {
            Result<PostPtr> first = co_await find(before.marks.boost);
            if (first || first.error().code != ErrorCode::kNotFound) {
                co_return first;
            }
        }
        PostSequence::Ticket ticket = state_->sequence.take();
        boost.id = ticket.id();
        boost.thread = boost.id;
        boost.author = actor;
        boost.boost_of = original->id;
        boost.boost_of_author = original->author;

        ports::Batch batch;
        Marks marks = before.marks;
        marks.boost = boost.id;
        change_marks(batch, before, marks);
        put_post(batch, boost, true);
        Result<PostPtr> made =
            co_await state_->commit_new(std::move(batch), std::move(ticket), std::move(boost));
        if (made || made.error().code != ErrorCode::kConflict) {
            co_return made;
        }
    }
    co_return too_many_conflicts();
}

Task<Result<void>> Posts::State::erase_boost(StoredPost stored) {
    const Post& boost = stored.post;
    Result<StoredMarks> read =
        co_await read_marks(&environment.store, boost.author, boost.boost_of);
    CO_TRY(const StoredMarks before, std::move(read));
    ports::Batch batch;
    batch.expect_equals(post_key(boost.id), stored.bytes);
    if (before.marks.boost == boost.id) {
        Marks marks = before.marks;
        marks.boost = PostId();
        change_marks(batch, before, marks);
    }
    erase_post(batch, boost, stored.related_exists);
    batch.emit(encode(post_event(EventType::kPostDeleted, boost)));
    CO_TRY([[maybe_unused]] const auto event, co_await environment.store.commit(std::move(batch)));
    co_return Result<void>();
}

Task<Result<PostPtr>> Posts::unboost(AccountId actor, PostId post) {
    for (int attempt = 0; attempt < kCommitAttempts; ++attempt) {
        CO_TRY(const PostPtr original, co_await state_->find_original(post));
        Result<StoredMarks> read =
            co_await read_marks(&state_->environment.store, actor, original->id);
        CO_TRY(const StoredMarks before, std::move(read));
        if (!before.marks.boost) {
            co_return original;
        }
        Result<StoredPost> boost = co_await state_->read(before.marks.boost);
        if (!boost && boost.error().code == ErrorCode::kNotFound) {
            co_return original;
        }
        CO_TRY(StoredPost stored, std::move(boost));
        const Result<void> done = co_await state_->erase_boost(std::move(stored));
        if (done) {
            co_return original;
        }
        if (done.error().code != ErrorCode::kConflict) {
            co_return done.error();
        }
    }
    co_return too_many_conflicts();
}

}  // namespace rookery::social
