#include "discover/tags/tag_indexer.h"

#include "discover/names/terms.h"
#include "social/tables.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

namespace rookery::discover {

namespace {

namespace tables = social::tables;
using social::EventType;
using social::SocialEvent;

constexpr UnixMs kDayMs = 86'400'000;

/// The post whose hashtags may be used once more, or less; what a deleted one had is counted again
/// when its turn comes.
std::optional<PostId> changed_post(const SocialEvent& event) {
    const bool is_made = event.type == EventType::kPostCreated && !event.subject;
    return is_made || event.type == EventType::kPostEdited ? std::optional(event.post)
                                                           : std::nullopt;
}

std::int64_t uses_of(const std::vector<ports::Row>& rows, UnixMs now_ms) {
    const std::uint64_t week = first_id_at(now_ms - 7 * kDayMs);
    std::unordered_set<std::uint64_t> all;
    std::unordered_set<std::uint64_t> lately;
    for (const ports::Row& row : rows) {
        const std::uint64_t author = tables::parse_id_bytes(row.value);
        all.insert(author);
        if (tables::parse_newest_first(row.sort) >= week) {
            lately.insert(author);
        }
    }
    return static_cast<std::int64_t>(all.size()) +
           static_cast<std::int64_t>(lately.size()) * (TagIndexer::kWeekCounts - 1);
}

}  // namespace

Task<Result<ports::Batch>> TagIndexer::handle(std::span<const ports::StoredEvent> events) {
    std::vector<PostId> changed;
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(const SocialEvent event, social::decode(stored));
        if (const auto post = changed_post(event)) {
            changed.push_back(*post);
        } else if (event.type == EventType::kPostsImported) {
            const std::scoped_lock lock(mutex_);
            fill_wanted_ = true;
        }
    }
    CO_TRY(const Numbers tags, co_await tags_of(std::move(changed)));
    // New ones can be found at once; how much the others are used may wait.
    Numbers unknown;
    for (const std::uint64_t tag : tags) {
        if (!index_.rank(tag)) {
            unknown.push_back(tag);
        }
    }
    {
        const std::scoped_lock lock(mutex_);
        to_count_.insert(tags.begin(), tags.end());
    }
    CO_CHECK(co_await count(std::move(unknown)));
    co_return ports::Batch{};
}

Task<Result<TagIndexer::Numbers>> TagIndexer::tags_of(std::vector<PostId> ids) {
    Numbers tags;
    if (ids.empty()) {
        co_return tags;
    }
    CO_TRY(const auto posts, co_await posts_.find_many(std::move(ids)));
    for (const social::PostPtr& post : posts) {
        if (!post || post->visibility != social::Visibility::kPublic) {
            continue;
        }
        for (const std::string& tag : post->tags) {
            if (const auto number = numbers_.number(tag)) {
                tags.push_back(*number);
            }
        }
    }
    std::ranges::sort(tags);
    const auto twice = std::ranges::unique(tags);
    tags.erase(twice.begin(), twice.end());
    co_return tags;
}

Task<Result<void>> TagIndexer::count(Numbers numbers) {
    if (numbers.empty()) {
        co_return Result<void>{};
    }
    const auto tags = numbers_.tags(numbers);
    std::vector<ports::Range> ranges;
    ranges.reserve(tags.size());
    for (const std::string& tag : tags) {
        ports::Range newest;
        newest.table = tables::kTagPosts;
        newest.partition = tag;
        newest.limit = kUsesRead;
        ranges.push_back(std::move(newest));
    }
    CO_TRY(const auto rows, co_await environment_.store.scan_many(std::move(ranges)));
    const UnixMs now_ms = environment_.clock.now_ms();
    std::vector<names::Entry> entries;
    std::vector<std::uint64_t> erased;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        names::Entry entry;
        entry.id = numbers[i];
        entry.handle = names::tag_term(tags[i]);
        entry.rank = names::rank_of(uses_of(rows[i], now_ms));
        const auto indexed = index_.rank(entry.id);
        if (rows[i].empty() || entry.handle.empty()) {
            if (indexed) {
                erased.push_back(entry.id);
            }
        } else if (indexed != entry.rank) {
            entries.push_back(std::move(entry));
        }
    }
    if (!entries.empty() || !erased.empty()) {
        index_.apply(entries, erased);
    }
    co_return Result<void>{};
}

TagIndexer::Numbers TagIndexer::due() {
    Numbers tags;
    {
        const std::scoped_lock lock(mutex_);
        while (!to_count_.empty() && tags.size() < config_.step_tags) {
            tags.push_back(to_count_.extract(to_count_.begin()).value());
        }
    }
    const std::size_t known = numbers_.size();
    const UnixMs now_ms = environment_.clock.now_ms();
    const UnixMs pause_ms = kDayMs / static_cast<UnixMs>(known + 1);
    if (last_turn_at_ms_ == 0) {
        last_turn_at_ms_ = now_ms;
    }
    while (known > 0 && last_turn_at_ms_ + pause_ms <= now_ms && tags.size() < config_.step_tags) {
        last_turn_at_ms_ += pause_ms;
        last_turn_ = last_turn_ % known + 1;
        tags.push_back(last_turn_);
    }
    std::ranges::sort(tags);
    const auto twice = std::ranges::unique(tags);
    tags.erase(twice.begin(), twice.end());
    return tags;
}

Task<Result<bool>> TagIndexer::work() {
    merge_.begin_if_due();
    {
        const std::scoped_lock lock(mutex_);
        if (!is_filling_ && std::exchange(fill_wanted_, false)) {
            is_filling_ = true;
            fill_from_.clear();
            filled_posts_ = 0;
            is_through_posts_ = false;
            last_name_.reset();
        }
    }
    Numbers tags = due();
    if (!tags.empty()) {
        auto counted = co_await count(tags);
        if (!counted) {
            const std::scoped_lock lock(mutex_);
            to_count_.insert(tags.begin(), tags.end());
            co_return std::move(counted).error();
        }
        co_return true;
    }
    if (is_filling_) {
        CO_CHECK(co_await fill_on());
        co_return true;
    }
    co_return false;
}

Task<Result<void>> TagIndexer::fill_on() {
    return is_through_posts_ ? fill_from_names() : fill_from_posts();
}

void TagIndexer::note_filled(Numbers tags) {
    std::erase_if(tags, [this](std::uint64_t tag) { return !filled_tags_.insert(tag).second; });
    const std::scoped_lock lock(mutex_);
    to_count_.insert(tags.begin(), tags.end());
}

// What is in use is completed within moments of a start, and is among those that are known where
// there are more than may be.
Task<Result<void>> TagIndexer::fill_from_posts() {
    ports::Range range;
    range.table = tables::kPublicPosts;
    range.from = fill_from_;
    range.limit = std::min(config_.step_posts, config_.fill_posts_max - filled_posts_);
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<PostId> ids;
    ids.reserve(rows.size());
    for (const ports::Row& row : rows) {
        ids.emplace_back(tables::parse_newest_first(row.sort));
    }
    CO_TRY(Numbers tags, co_await tags_of(std::move(ids)));
    note_filled(std::move(tags));
    if (!rows.empty()) {
        fill_from_ = rows.back().sort + '\0';
    }
    filled_posts_ += rows.size();
    is_through_posts_ = rows.size() < config_.step_posts || filled_posts_ >= config_.fill_posts_max;
    co_return Result<void>{};
}

Task<Result<void>> TagIndexer::fill_from_names() {
    CO_TRY(
        const auto names,
        co_await partitions_.partitions(tables::kTagPosts, last_name_, config_.step_tags)
    );
    Numbers tags;
    for (const std::string& name : names) {
        if (const auto number = numbers_.number(name)) {
            tags.push_back(*number);
        }
    }
    // Where no number was left for one, there is none for the names that follow.
    const bool is_full = tags.size() < names.size();
    note_filled(std::move(tags));
    if (names.size() < config_.step_tags || is_full) {
        is_filling_ = false;
        filled_tags_ = {};
    } else {
        last_name_ = names.back();
    }
    co_return Result<void>{};
}

}  // namespace rookery::discover
