#include "social/post_rows.h"
#include "social/post_text.h"
#include "social/posts_state.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

PostEdit version_of(const Post& post) {
    PostEdit edit;
    edit.at_ms = post.edited_at_ms != 0 ? post.edited_at_ms : post.created_at_ms();
    edit.sensitive = post.sensitive;
    edit.spoiler_text = post.spoiler_text;
    edit.text = post.text;
    edit.content_html = post.content_html;
    return edit;
}

/// A later version may mention more people; those whom a former one mentioned keep their access.
void add_mentions(Post& post, std::vector<Mention> mentions) {
    for (Mention& former : post.mentions) {
        const bool is_kept = std::ranges::any_of(mentions, [&](const Mention& mention) {
            return mention.account == former.account;
        });
        if (!is_kept) {
            mentions.push_back(std::move(former));
        }
    }
    post.mentions = std::move(mentions);
}

void set_text(Post& post, PostText text) {
    post.spoiler_text = std::move(text.spoiler_text);
    post.text = std::move(text.text);
    post.content_html = std::move(text.content_html);
    post.tags = std::move(text.tags);
    add_mentions(post, std::move(text.mentions));
}

Result<void> set_visibility(Post& post, Visibility visibility) {
    if (visibility < post.visibility) {
        return fail(
            ErrorCode::kInvalid, "Validation failed: Visibility can't become wider than it was"
        );
    }
    post.visibility = visibility;
    return {};
}

bool is_new_version(const Post& before, const Post& after) {
    return before.text != after.text || before.spoiler_text != after.spoiler_text ||
           before.sensitive != after.sensitive;
}

}  // namespace

Task<Result<Post>> Posts::State::changed(Post post, PostChanges changes) {
    if (post.is_boost()) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: a boost can't be edited");
    }
    if (changes.text || changes.spoiler_text) {
        Result<PostText> composed = co_await compose_text(
            &accounts,
            &limits,
            environment.local_host,
            changes.text.value_or(post.text),
            changes.spoiler_text.value_or(post.spoiler_text)
        );
        CO_TRY(PostText text, std::move(composed));
        set_text(post, std::move(text));
    }
    post.sensitive = changes.sensitive.value_or(post.sensitive) || !post.spoiler_text.empty();
    if (changes.language) {
        post.language = normalize_language(*changes.language);
    }
    if (changes.visibility) {
        CO_CHECK(set_visibility(post, *changes.visibility));
    }
    co_return post;
}

Task<Result<PostPtr>> Posts::edit(AccountId actor, PostId post, PostChanges changes) {
    for (int attempt = 0; attempt < kCommitAttempts; ++attempt) {
        CO_TRY(const StoredPost stored, co_await state_->read(post));
        const Post& before = stored.post;
        if (before.author != actor) {
            co_return post_not_found();
        }
        CO_TRY(Post after, co_await state_->changed(before, changes));
        if (after == before) {
            co_return std::make_shared<const Post>(before);
        }
        ports::Batch batch;
        batch.expect_equals(post_key(post), stored.bytes);
        if (is_new_version(before, after)) {
            const PostEdit former = version_of(before);
            // Versions are stored by their time, so no two may share one.
            after.edited_at_ms = std::max(state_->environment.clock.now_ms(), former.at_ms + 1);
            batch.put(
                {tables::kPostEdits,
                 tables::id_bytes(post),
                 tables::id_bytes(static_cast<std::uint64_t>(former.at_ms))},
                encode(former)
            );
        }
        replace_post(batch, before, after, stored.related_exists);
        if (before.visibility == Visibility::kPublic && after.visibility != Visibility::kPublic) {
            batch.emit(encode(post_event(EventType::kPostUnpublished, after)));
        }
        batch.emit(encode(post_event(EventType::kPostEdited, after)));
        const auto done = co_await state_->environment.store.commit(std::move(batch));
        if (done) {
            co_return std::make_shared<const Post>(std::move(after));
        }
        if (done.error().code != ErrorCode::kConflict) {
            co_return done.error();
        }
    }
    co_return too_many_conflicts();
}

Task<Result<std::vector<PostEdit>>> Posts::history(PostId post) {
    CO_TRY(const StoredPost stored, co_await state_->read(post));
    ports::Range range;
    range.table = tables::kPostEdits;
    range.partition = tables::id_bytes(post);
    range.descending = true;
    range.limit = state_->limits.edits_shown_max;
    CO_TRY(
        const std::vector<ports::Row> rows,
        co_await state_->environment.store.scan(std::move(range))
    );
    std::vector<PostEdit> versions;
    versions.push_back(version_of(stored.post));
    for (const ports::Row& row : rows) {
        CO_TRY(PostEdit edit, decode_post_edit(row.value));
        versions.push_back(std::move(edit));
    }
    std::ranges::reverse(versions);
    co_return versions;
}

}  // namespace rookery::social
