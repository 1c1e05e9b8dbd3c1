#include "social/post_cleanup.h"

#include "social/post_rows.h"
#include "social/reactions.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

using tables::id_bytes;
using tables::newest_first;

namespace {

/// Rows of a thread that are looked at in one step: few of them are replies to the deleted post.
constexpr std::size_t kThreadRowsPerReply = 10;

}  // namespace

PostCleanup::PostCleanup(Environment environment, std::size_t rows_per_commit)
    : environment_(std::move(environment)), rows_per_commit_(rows_per_commit) {}

Task<Result<ports::Batch>> PostCleanup::clean(SocialEvent event) {
    if (event.type != EventType::kPostDeleted) {
        co_return ports::Batch();
    }
    PostId thread_read = event.post;  // a reply's id is above its parent's
    while (true) {
        CO_TRY(Step step, co_await next_step(event, &thread_read));
        if (step.is_last) {
            co_return std::move(step.batch);
        }
        CO_TRY(
            [[maybe_unused]] const auto id,
            co_await environment_.store.commit(std::move(step.batch))
        );
    }
}

Task<Result<PostCleanup::Step>> PostCleanup::next_step(SocialEvent deleted, PostId* thread_read) {
    Step step;
    CO_CHECK(co_await detach_replies(&step, deleted, thread_read));
    const PostId post = deleted.post;
    CO_CHECK(co_await add_marked(&step, post, tables::kFavouritedBy, tables::kFavourites));
    CO_CHECK(co_await add_marked(&step, post, tables::kBookmarkedBy, tables::kBookmarks));
    CO_CHECK(co_await add_boosts(&step, deleted));
    CO_CHECK(co_await add_versions(&step, deleted.post));
    CO_CHECK(co_await add_marks(&step, deleted.post, deleted.actor));
    co_return step;
}

Task<Result<std::vector<ports::Row>>>
PostCleanup::rows_of(Step* step, ports::Table table, PostId post) {
    ports::Range range;
    range.table = table;
    range.partition = id_bytes(post);
    range.limit = rows_per_commit_;
    CO_TRY(std::vector<ports::Row> rows, co_await environment_.store.scan(std::move(range)));
    if (rows.size() == rows_per_commit_) {
        step->is_last = false;
    }
    co_return rows;
}

Task<Result<void>>
PostCleanup::detach_replies(Step* step, SocialEvent deleted, PostId* thread_read) {
    if (!deleted.thread) {
        co_return Result<void>();
    }
    ports::Range range;
    range.table = tables::kThreads;
    range.partition = id_bytes(deleted.thread);
    range.from = id_bytes(thread_read->value + 1);
    range.limit = rows_per_commit_ * kThreadRowsPerReply;
    const std::size_t asked = range.limit;
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<PostId> replies;
    std::size_t read = 0;
    while (read < rows.size() && replies.size() < rows_per_commit_) {
        const ports::Row& row = rows[read++];
        CO_TRY(const ThreadEntry entry, decode_thread_entry(row.value));
        *thread_read = PostId(tables::parse_id_bytes(row.sort));
        if (entry.parent == deleted.post) {
            replies.push_back(*thread_read);
        }
    }
    if (read == asked || read < rows.size()) {
        step->is_last = false;
    }
    co_return co_await detach(step, std::move(replies));
}

Task<Result<void>> PostCleanup::detach(Step* step, std::vector<PostId> replies) {
    std::vector<ports::Key> keys;
    for (const PostId reply : replies) {
        keys.push_back(post_key(reply));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    for (const std::optional<std::string>& bytes : rows) {
        if (!bytes) {
            continue;  // deleted meanwhile
        }
        CO_TRY(const Post before, decode_post(*bytes));
        Post after = before;
        after.in_reply_to = PostId();
        step->batch.expect_equals(post_key(before.id), *bytes);
        replace_post(step->batch, before, after, false);
        SocialEvent event;
        event.type = EventType::kReplyDetached;
        event.actor = before.author;
        event.post = before.id;
        step->batch.emit(encode(event));
    }
    co_return Result<void>();
}

Task<Result<void>>
PostCleanup::add_marked(Step* step, PostId post, ports::Table of_post, ports::Table of_account) {
    CO_TRY(const auto rows, co_await rows_of(step, of_post, post));
    for (const ports::Row& row : rows) {
        const AccountId account(tables::parse_id_bytes(row.value));
        step->batch.erase({of_post, id_bytes(post), row.sort});
        step->batch.erase({of_account, id_bytes(account), row.sort});
        CO_CHECK(co_await add_marks(step, post, account));
    }
    co_return Result<void>();
}

Task<Result<void>> PostCleanup::add_boosts(Step* step, SocialEvent deleted) {
    CO_TRY(const auto rows, co_await rows_of(step, tables::kBoostedBy, deleted.post));
    std::vector<ports::Key> keys;
    for (const ports::Row& row : rows) {
        keys.push_back(post_key(PostId(tables::parse_newest_first(row.sort))));
    }
    CO_TRY(const auto boosts, co_await environment_.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        step->batch.erase({tables::kBoostedBy, id_bytes(deleted.post), rows[i].sort});
        const AccountId account(tables::parse_id_bytes(rows[i].value));
        CO_CHECK(co_await add_marks(step, deleted.post, account));
        const std::optional<std::string>& bytes = boosts[i];
        if (!bytes) {
            continue;
        }
        CO_TRY(const Post boost, decode_post(*bytes));
        // Whoever takes back the boost meanwhile has lowered their own count already.
        step->batch.expect_present(post_key(boost.id));
        erase_post(step->batch, boost, false);
        SocialEvent event;
        event.type = EventType::kPostDeleted;
        event.actor = boost.author;
        event.target = deleted.actor;
        event.post = boost.id;
        event.subject = deleted.post;
        step->batch.emit(encode(event));
    }
    co_return Result<void>();
}

Task<Result<void>> PostCleanup::add_versions(Step* step, PostId post) {
    CO_TRY(const auto rows, co_await rows_of(step, tables::kPostEdits, post));
    for (const ports::Row& row : rows) {
        step->batch.erase({tables::kPostEdits, id_bytes(post), row.sort});
    }
    co_return Result<void>();
}

Task<Result<void>> PostCleanup::add_marks(Step* step, PostId post, AccountId account) {
    const ports::Key row{tables::kMarks, id_bytes(account), newest_first(post)};
    CO_TRY(const auto bytes, co_await environment_.store.get(row));
    if (!bytes) {
        co_return Result<void>();
    }
    CO_TRY(const Marks marks, decode_marks(*bytes));
    step->batch.expect_equals(row, *bytes);
    step->batch.erase(row);
    if (marks.bookmark) {
        step->batch.erase({tables::kBookmarks, id_bytes(account), newest_first(marks.bookmark)});
    }
    if (marks.pin) {
        step->batch.erase({tables::kPins, id_bytes(account), newest_first(marks.pin)});
    }
    co_return Result<void>();
}

}  // namespace rookery::social
