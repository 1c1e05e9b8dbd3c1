#include "discover/post_indexer.h"

#include "discover/post_scope.h"
#include "discover/post_terms.h"
#include "social/tables.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rookery::discover {

namespace {

namespace tables = social::tables;
using social::EventType;
using social::SocialEvent;

constexpr std::size_t kEventsPerRead = 1'000;
constexpr std::size_t kAccountsPerRead = 1'000;

/// The post of which the index may not be true any more.
std::optional<PostId> changed_post(const SocialEvent& event) {
    switch (event.type) {
        case EventType::kPostCreated:
        case EventType::kPostDeleted:
            return event.subject ? std::nullopt : std::optional(event.post);
        case EventType::kPostEdited:
        case EventType::kPostUnpublished:
        case EventType::kReplyDetached:
            return event.post;
        default:
            return std::nullopt;
    }
}

}  // namespace

Result<std::vector<PostId>> PostIndexer::take_note(std::span<const ports::StoredEvent> events) {
    std::vector<PostId> changed;
    for (const ports::StoredEvent& stored : events) {
        TRY(const SocialEvent event, social::decode(stored));
        if (const auto post = changed_post(event)) {
            changed.push_back(*post);
        } else if (event.type == EventType::kAccountUpdated) {
            const std::scoped_lock lock(mutex_);
            reviews_.insert(event.actor);
        } else if (event.type == EventType::kPostsImported) {
            require_fill();
        }
    }
    return changed;
}

Task<Result<ports::Batch>> PostIndexer::handle(std::span<const ports::StoredEvent> events) {
    CO_TRY(auto changed, take_note(events));
    const ports::EventId last = events.back().id;
    ports::EventId checkpoint = 0;
    {
        const std::scoped_lock lock(mutex_);
        if (watching_) {
            touched_.insert(changed.begin(), changed.end());
        }
        checkpoint = complete_ ? last : 0;
    }
    CO_CHECK(co_await refresh(std::move(changed), checkpoint));
    const std::scoped_lock lock(mutex_);
    handled_ = std::max(handled_, last);
    co_return ports::Batch{};
}

Task<Result<void>> PostIndexer::refresh(std::vector<PostId> ids, ports::EventId checkpoint) {
    std::ranges::sort(ids);
    const auto twice = std::ranges::unique(ids);
    ids.erase(twice.begin(), twice.end());
    if (ids.empty() && checkpoint == 0) {
        co_return Result<void>{};
    }
    CO_TRY(const auto posts, co_await posts_.find_many(ids));
    std::vector<AccountId> author_ids;
    author_ids.reserve(posts.size());
    for (const social::PostPtr& post : posts) {
        author_ids.push_back(post ? post->author : AccountId{});
    }
    CO_TRY(const auto authors, co_await accounts_.find_many(std::move(author_ids)));
    std::vector<ports::SearchChange> changes(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (posts[i] && !posts[i]->is_boost()) {
            changes[i].document = document_of(*posts[i], is_findable(*posts[i], authors[i].get()));
        } else {
            changes[i].document.id = ids[i].value;
            changes[i].erased = true;
        }
    }
    co_return co_await index_.apply(std::move(changes), checkpoint);
}

Task<Result<void>> PostIndexer::refresh_beside(std::vector<PostId> ids) {
    std::ranges::sort(ids);
    while (!ids.empty()) {
        {
            const std::scoped_lock lock(mutex_);
            watching_ = true;
            touched_.clear();
        }
        CO_CHECK(co_await refresh(ids, 0));
        const std::scoped_lock lock(mutex_);
        watching_ = false;
        std::erase_if(ids, [this](PostId id) { return !touched_.contains(id); });
    }
    co_return Result<void>{};
}

Task<Result<void>> PostIndexer::start() {
    const ports::EventId horizon = store_.horizon();
    ports::EventId at = index_.checkpoint();
    if (at == 0) {
        require_fill();
        co_return Result<void>{};
    }
    while (at < horizon) {
        CO_TRY(const auto events, co_await store_.read_events(at, kEventsPerRead));
        if (events.empty() || events.front().id != at + 1) {
            require_fill();  // events of the meantime are no longer kept
            co_return Result<void>{};
        }
        at = events.back().id;
        CO_TRY(auto changed, take_note(events));
        CO_CHECK(co_await refresh_beside(std::move(changed)));
    }
    const std::scoped_lock lock(mutex_);
    complete_ = !fill_wanted_;
    co_return Result<void>{};
}

void PostIndexer::begin_fill() {
    const std::scoped_lock lock(mutex_);
    fill_wanted_ = true;
    progress_.filling = true;
}

void PostIndexer::require_fill() {
    const std::scoped_lock lock(mutex_);
    fill_wanted_ = true;
    progress_.filling = true;
    complete_ = false;
}

PostIndexer::Progress PostIndexer::progress() const {
    const std::scoped_lock lock(mutex_);
    return progress_;
}

Task<Result<bool>> PostIndexer::work() {
    if (walk_) {
        CO_CHECK(co_await walk_on());
        co_return true;
    }
    std::optional<AccountId> review;
    {
        const std::scoped_lock lock(mutex_);
        if (!reviews_.empty()) {
            review = *reviews_.begin();
            reviews_.erase(reviews_.begin());
        } else if (fill_wanted_) {
            // Also in the middle of another: what that has passed may lack something since.
            fill_wanted_ = false;
            fill_ = Fill{};
            fill_->began_at = store_.horizon();
            progress_.accounts_done = 0;
            progress_.posts_done = 0;
        }
    }
    if (review) {
        CO_CHECK(co_await review_author(*review));
    } else if (fill_) {
        CO_CHECK(co_await fill_on());
    }
    co_return review || fill_;
}

Task<Result<void>> PostIndexer::review_author(AccountId id) {
    CO_TRY(const auto accounts, co_await accounts_.find_many({id}));
    if (!accounts.front()) {
        co_return Result<void>{};
    }
    ports::SearchQuery wrong;
    wrong.matches =
        accounts.front()->indexable ? public_posts_not_findable(id) : findable_posts(id);
    wrong.limit = 1;
    CO_TRY(const auto hits, co_await index_.search(std::move(wrong)));
    if (!hits.empty()) {
        walk_ = Walk{id, {}};
    }
    co_return Result<void>{};
}

Task<Result<void>> PostIndexer::fill_on() {
    if (fill_->accounts.empty() && !fill_->accounts_ended) {
        CO_TRY(const auto accounts, co_await accounts_.list(fill_->after_name, kAccountsPerRead));
        for (const social::AccountPtr& account : accounts) {
            fill_->accounts.push_back(account->id);
            fill_->after_name = account->username;
        }
        fill_->accounts_ended = accounts.size() < kAccountsPerRead;
    }
    if (fill_->accounts.empty()) {
        co_return co_await end_fill();
    }
    walk_ = Walk{fill_->accounts.front(), {}};
    fill_->accounts.pop_front();
    co_return Result<void>{};
}

Task<Result<void>> PostIndexer::walk_on() {
    ports::Range range;
    range.table = tables::kAuthorPosts;
    range.partition = tables::id_bytes(walk_->account);
    range.from = walk_->from;
    range.limit = config_.fill_posts;
    CO_TRY(const auto rows, co_await store_.scan(std::move(range)));
    std::size_t count = 0;
    for (const ports::Row& row : rows) {
        const auto flags = social::decode_author_post_flags(row.value);
        if (!flags || !flags->is_boost) {
            gathered_.emplace_back(tables::parse_newest_first(row.sort));
            ++count;
        }
    }
    const bool ends = rows.size() < config_.fill_posts;
    // In a fill those of many accounts go into the index together.
    if (gathered_.size() >= config_.fill_posts || (ends && !fill_)) {
        CO_CHECK(co_await refresh_beside(std::exchange(gathered_, {})));
    }
    if (ends) {
        walk_.reset();
    } else {
        walk_->from = rows.back().sort + '\0';
    }
    const std::scoped_lock lock(mutex_);
    progress_.posts_done += count;
    progress_.accounts_done += ends ? 1 : 0;
    co_return Result<void>{};
}

Task<Result<void>> PostIndexer::end_fill() {
    CO_CHECK(co_await refresh_beside(std::exchange(gathered_, {})));
    ports::EventId checkpoint = 0;
    {
        const std::scoped_lock lock(mutex_);
        handled_ = std::max(handled_, fill_->began_at);
        if (!fill_wanted_) {
            complete_ = true;
            checkpoint = handled_;
        }
    }
    CO_CHECK(co_await index_.apply({}, checkpoint));
    CO_CHECK(co_await index_.flush());
    fill_.reset();
    const std::scoped_lock lock(mutex_);
    progress_.filling = fill_wanted_;
    ++progress_.fills_ended;
    co_return Result<void>{};
}

}  // namespace rookery::discover
