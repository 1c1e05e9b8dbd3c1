#include "social/post_rows.h"
#include "social/posts_state.h"
#include "social/reactions.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

Task<Result<PostPtr>>
Posts::plan_import(ports::Batch* batch, NewPost draft, PostId id, PostPtr parent) {
    CO_TRY(Post post, co_await state_->compose(std::move(draft)));
    post.id = id;
    post.thread = id;
    if (parent) {
        post.in_reply_to = parent->id;
        post.in_reply_to_account = parent->author;
        post.thread = parent->thread;
    }
    load_post(*batch, post);
    co_return std::make_shared<const Post>(std::move(post));
}

PostPtr
Posts::plan_import_boost(ports::Batch& batch, AccountId actor, PostId id, const Post& original) {
    Post boost;
    boost.id = id;
    boost.thread = id;
    boost.author = actor;
    boost.boost_of = original.id;
    boost.boost_of_author = original.author;
    if (original.visibility == Visibility::kPrivate) {
        boost.visibility = Visibility::kPrivate;
    }
    Marks marks;
    marks.boost = id;
    batch.put(
        {tables::kMarks, tables::id_bytes(actor), tables::newest_first(original.id)}, encode(marks)
    );
    load_post(batch, boost);
    return std::make_shared<const Post>(std::move(boost));
}

}  // namespace rookery::social
