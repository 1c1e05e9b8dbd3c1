#include "social/reactions.h"

#include "social/mark_change.h"
#include "social/marks_windows.h"
#include "social/relation_page.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

namespace {

using ports::Batch;
using tables::id_bytes;
using tables::newest_first;

constexpr std::size_t kPinsMax = 5;
constexpr int kPinAttemptsMax = 8;
/// The row that every pin writes, so that two at once cannot both be the last that is allowed.
ports::Key newest_pin_key(AccountId account) {
    return {tables::kPins, id_bytes(account), {}};
}

Result<void> check_pin(AccountId actor, const Post& post) {
    if (post.author != actor) {
        return fail(ErrorCode::kInvalid, "Someone else's post cannot be pinned");
    }
    if (post.is_boost()) {
        return fail(ErrorCode::kInvalid, "A boost cannot be pinned");
    }
    if (post.visibility == Visibility::kDirect) {
        return fail(
            ErrorCode::kInvalid, "Posts that are only visible to mentioned people cannot be pinned"
        );
    }
    return {};
}

template <class Entry, class Other>
Task<Result<std::vector<Entry>>>
entries_of(ports::Store* store, ports::Table table, std::string partition, PageRequest page) {
    CO_TRY(const auto rows, co_await relation_page(store, table, std::move(partition), page));
    std::vector<Entry> entries;
    entries.reserve(rows.size());
    for (const RelationRow& row : rows) {
        entries.push_back({RelationId(row.relation), Other(row.other)});
    }
    co_return entries;
}

/// The pins on posts that are still there, newest first: a post that is deleted leaves its pin.
Task<Result<std::vector<MarkedPost>>> present_pins(ports::Store* store, AccountId account) {
    ports::Range range{.table = tables::kPins, .partition = id_bytes(account)};
    range.from = newest_first(UINT64_MAX);  // above the row of newest_pin_key
    CO_TRY(const auto rows, co_await store->scan(std::move(range)));
    std::vector<ports::Key> keys;
    keys.reserve(rows.size());
    for (const ports::Row& row : rows) {
        keys.push_back(post_key(PostId(tables::parse_id_bytes(row.value))));
    }
    CO_TRY(const auto posts, co_await store->multi_get(std::move(keys)));
    std::vector<MarkedPost> pins;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (posts[i]) {
            pins.push_back(
                {RelationId(tables::parse_newest_first(rows[i].sort)),
                 PostId(tables::parse_id_bytes(rows[i].value))}
            );
        }
    }
    co_return pins;
}

}  // namespace

class Reactions::State {
public:
    State(Environment environment, Posts& posts, std::size_t cached_windows_max)
        : environment(environment), posts(posts), windows(environment, cached_windows_max) {}

    /// What a mark on `post` marks: a boost passes it on to what it boosts.
    [[nodiscard]] Task<Result<MarkChange>>
    change_of(const MarkKind* kind, AccountId actor, PostPtr post) {
        if (post->is_boost()) {
            CO_TRY(post, co_await posts.find(post->boost_of));
        }
        co_return MarkChange{kind, actor, post->id, post->author};
    }

    [[nodiscard]] Task<Result<void>> mark(const MarkKind* kind, AccountId actor, PostPtr post) {
        CO_TRY(const MarkChange change, co_await change_of(kind, actor, std::move(post)));
        RowPlan plan = [this, change](const FoundRows& found, Batch& batch) -> Result<void> {
            TRY([[maybe_unused]] const bool is_new,
                plan_mark(found, batch, change, RelationId(environment.ids.next())));
            return {};
        };
        co_return co_await change_rows(&environment.store, watch(change), std::move(plan));
    }

    [[nodiscard]] Task<Result<void>> unmark(const MarkKind* kind, AccountId actor, PostPtr post) {
        CO_TRY(const MarkChange change, co_await change_of(kind, actor, std::move(post)));
        RowPlan plan = [change](const FoundRows& found, Batch& batch) {
            return plan_unmark(found, batch, change);
        };
        co_return co_await change_rows(&environment.store, watch(change), std::move(plan));
    }

    /// kConflict if somebody pinned meanwhile.
    [[nodiscard]] Task<Result<void>> try_pin(MarkChange change) {
        CO_TRY(const auto newest_pin, co_await environment.store.get(newest_pin_key(change.actor)));
        CO_TRY(const auto pins, co_await present_pins(&environment.store, change.actor));
        RowPlan plan = [this, change, newest_pin, is_full = pins.size() >= kPinsMax](
                           const FoundRows& found, Batch& batch
                       ) -> Result<void> {
            if (found[2] != newest_pin) {
                return fail(ErrorCode::kConflict, "Please try again");
            }
            const RelationId id(environment.ids.next());
            TRY(const bool is_new, plan_mark(found, batch, change, id));
            if (is_new && is_full) {
                return fail(
                    ErrorCode::kInvalid, "You have already pinned the maximum number of posts"
                );
            }
            if (is_new) {
                batch.put(newest_pin_key(change.actor), id_bytes(id));
            }
            return {};
        };
        std::vector<WatchedRow> watched = watch(change);
        watched.push_back({.key = newest_pin_key(change.actor)});
        co_return co_await change_rows(&environment.store, std::move(watched), std::move(plan));
    }

    Environment environment;
    Posts& posts;
    MarksWindows windows;
};

Reactions::Reactions(Environment environment, Posts& posts, std::size_t cached_windows_max)
    : state_(std::make_unique<State>(environment, posts, cached_windows_max)) {}

Reactions::~Reactions() = default;

Task<Result<void>> Reactions::favourite(AccountId actor, PostPtr post) {
    co_return co_await state_->mark(&kFavourite, actor, std::move(post));
}

Task<Result<void>> Reactions::unfavourite(AccountId actor, PostPtr post) {
    co_return co_await state_->unmark(&kFavourite, actor, std::move(post));
}

Task<Result<void>> Reactions::bookmark(AccountId actor, PostPtr post) {
    co_return co_await state_->mark(&kBookmark, actor, std::move(post));
}

Task<Result<void>> Reactions::unbookmark(AccountId actor, PostPtr post) {
    co_return co_await state_->unmark(&kBookmark, actor, std::move(post));
}

Task<Result<void>> Reactions::pin(AccountId actor, PostPtr post) {
    CO_CHECK(check_pin(actor, *post));
    for (int attempt = 0; attempt < kPinAttemptsMax; ++attempt) {
        auto pinned = co_await state_->try_pin({&kPin, actor, post->id, post->author});
        if (pinned || pinned.error().code != ErrorCode::kConflict) {
            co_return pinned;
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>> Reactions::unpin(AccountId actor, PostPtr post) {
    co_return co_await state_->unmark(&kPin, actor, std::move(post));
}

Task<Result<std::vector<Marks>>> Reactions::marks(AccountId viewer, std::vector<PostId> posts) {
    return state_->windows.marks(viewer, std::move(posts));
}

void Reactions::fetch_ahead(AccountId viewer, FetchStep step) {
    state_->windows.fetch_ahead(viewer, step);
}

Task<Result<std::vector<MarkedPost>>> Reactions::favourites(AccountId account, PageRequest page) {
    co_return co_await entries_of<MarkedPost, PostId>(
        &state_->environment.store, tables::kFavourites, id_bytes(account), page
    );
}

Task<Result<std::vector<MarkedPost>>> Reactions::bookmarks(AccountId account, PageRequest page) {
    co_return co_await entries_of<MarkedPost, PostId>(
        &state_->environment.store, tables::kBookmarks, id_bytes(account), page
    );
}

Task<Result<std::vector<MarkedPost>>> Reactions::pins(AccountId account) {
    co_return co_await present_pins(&state_->environment.store, account);
}

Task<Result<std::vector<RelationEntry>>> Reactions::favourited_by(PostId post, PageRequest page) {
    co_return co_await entries_of<RelationEntry, AccountId>(
        &state_->environment.store, tables::kFavouritedBy, id_bytes(post), page
    );
}

Task<Result<std::vector<RelationEntry>>> Reactions::boosted_by(PostId post, PageRequest page) {
    co_return co_await entries_of<RelationEntry, AccountId>(
        &state_->environment.store, tables::kBoostedBy, id_bytes(post), page
    );
}

void Reactions::on_committed(const SocialEvent& event) {
    state_->windows.on_committed(event);
}

}  // namespace rookery::social
