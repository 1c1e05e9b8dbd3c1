#include "discover/trends/feeder.h"

#include "social/tables.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rookery::discover::trends {

namespace {

namespace tables = social::tables;
using social::EventType;
using social::PostPtr;
using social::SocialEvent;

constexpr std::size_t kPostsPerStep = 50;
/// Few of them have done anything of late.
constexpr std::size_t kAccountsPerStep = 50;

using Found = std::unordered_map<PostId, PostPtr>;

const social::Post* find(const Found& posts, PostId id) {
    const auto at = posts.find(id);
    return at == posts.end() ? nullptr : at->second.get();
}

void note(Ledger& ledger, const SocialEvent& event, const Found& posts) {
    const social::Post* post = find(posts, event.post);
    if (post == nullptr) {
        return;  // it is gone by now
    }
    if (event.type == EventType::kFavourited) {
        ledger.note_favourite(event.actor, event.ref, *post);
    } else if (!post->is_boost()) {
        ledger.note_post(*post);
    } else if (const social::Post* original = find(posts, post->boost_of)) {
        ledger.note_boost(*post, *original);
    }
}

}  // namespace

Task<Result<ports::Batch>> Feeder::handle(std::span<const ports::StoredEvent> events) {
    std::vector<SocialEvent> deeds;
    std::vector<PostId> ids;
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(const SocialEvent event, social::decode(stored));
        if (event.type == EventType::kPostsImported) {
            begin_fill();
        } else if (event.type == EventType::kPostCreated || event.type == EventType::kPostEdited ||
                   event.type == EventType::kFavourited) {
            deeds.push_back(event);
            ids.push_back(event.post);
            if (event.subject) {
                ids.push_back(event.subject);
            }
        }
    }
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    ledger_.advance(environment_.clock.now_ms());
    if (ids.empty()) {
        co_return ports::Batch{};
    }
    CO_TRY(const auto posts, co_await posts_.find_many(ids));
    Found found;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        found.emplace(ids[i], posts[i]);
    }
    for (const SocialEvent& deed : deeds) {
        note(ledger_, deed, found);
    }
    co_return ports::Batch{};
}

Task<Result<bool>> Feeder::fill_on() {
    if (fill_wanted_.exchange(false)) {
        fill_ = Fill{};
    }
    if (!fill_) {
        co_return false;
    }
    const UnixMs now_ms = environment_.clock.now_ms();
    ledger_.advance(now_ms);
    const UnixMs oldest_ms = (day_of(now_ms) - Tracker::kDaysKept + 1) * kDayMs;
    bool has_ended = false;
    if (fill_->stage == Stage::kPosts) {
        CO_TRY(has_ended, co_await fill_from_posts(oldest_ms));
    } else {
        CO_TRY(has_ended, co_await fill_from_accounts(oldest_ms));
    }
    if (has_ended) {
        fill_->stage = static_cast<Stage>(static_cast<std::uint8_t>(fill_->stage) + 1);
        fill_->last_account.reset();
        fill_->accounts = 0;
    }
    if (fill_->stage == Stage::kEnded) {
        fill_.reset();
        co_return fill_wanted_.load();
    }
    co_return true;
}

Task<Result<bool>> Feeder::fill_from_posts(UnixMs oldest_ms) {
    ports::Range range{.table = tables::kPublicPosts};
    range.from = fill_->from;
    range.until = tables::newest_first(first_id_at(oldest_ms));
    range.limit = std::min(kPostsPerStep, limits_.fill_posts_max - fill_->posts);
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<PostId> ids;
    for (const ports::Row& row : rows) {
        ids.emplace_back(tables::parse_newest_first(row.sort));
    }
    CO_TRY(auto posts, co_await posts_.find_many(std::move(ids)));
    std::erase(posts, nullptr);
    for (const PostPtr& post : posts) {
        ledger_.note_post(*post);
    }
    CO_CHECK(co_await note_reactions(std::move(posts)));
    fill_->posts += rows.size();
    if (!rows.empty()) {
        fill_->from = rows.back().sort + '\0';
    }
    co_return rows.size() < kPostsPerStep || fill_->posts >= limits_.fill_posts_max;
}

Task<Result<bool>> Feeder::fill_from_accounts(UnixMs oldest_ms) {
    const bool are_boosts = fill_->stage == Stage::kBoostsOfOlder;
    const auto table = are_boosts ? tables::kAuthorPosts : tables::kFavourites;
    const std::size_t wanted =
        std::min(kAccountsPerStep, limits_.fill_accounts_max - fill_->accounts);
    CO_TRY(auto accounts, co_await partitions_.partitions(table, fill_->last_account, wanted));
    std::vector<ports::Range> ranges;
    for (const std::string& account : accounts) {
        ranges.push_back({table, account, "", tables::newest_first(first_id_at(oldest_ms))});
        ranges.back().limit = limits_.fill_reactions_max;
    }
    CO_TRY(auto rows, co_await environment_.store.scan_many(std::move(ranges)));
    const std::size_t found = accounts.size();
    const auto last = found == 0 ? fill_->last_account : std::optional(accounts.back());
    const PostId oldest(first_id_at(oldest_ms));
    if (are_boosts) {
        CO_CHECK(co_await note_boosts_of_older(std::move(rows), oldest));
    } else {
        CO_CHECK(co_await note_favourites_of_older(std::move(accounts), std::move(rows), oldest));
    }
    fill_->last_account = last;
    fill_->accounts += found;
    co_return found < kAccountsPerStep || fill_->accounts >= limits_.fill_accounts_max;
}

Task<Result<void>>
Feeder::note_boosts_of_older(std::vector<std::vector<ports::Row>> rows, PostId oldest) {
    std::vector<PostId> ids;
    for (const std::vector<ports::Row>& of_one : rows) {
        for (const ports::Row& row : of_one) {
            CO_TRY(const auto flags, social::decode_author_post_flags(row.value));
            if (flags.is_boost) {
                ids.emplace_back(tables::parse_newest_first(row.sort));
            }
        }
    }
    CO_TRY(auto boosts, co_await posts_.find_many(std::move(ids)));
    std::erase_if(boosts, [oldest](const PostPtr& boost) {
        return !boost || boost->boost_of >= oldest;
    });
    std::vector<PostId> boosted;
    for (const PostPtr& boost : boosts) {
        boosted.push_back(boost->boost_of);
    }
    CO_TRY(const auto originals, co_await posts_.find_many(std::move(boosted)));
    for (std::size_t i = 0; i < boosts.size(); ++i) {
        if (originals[i]) {
            ledger_.note_boost(*boosts[i], *originals[i]);
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Feeder::note_favourites_of_older(
    std::vector<std::string> accounts,
    std::vector<std::vector<ports::Row>> rows,
    PostId oldest
) {
    struct Favourite {
        AccountId actor;
        std::uint64_t relation;
    };
    std::vector<Favourite> favourites;
    std::vector<PostId> ids;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const AccountId actor(tables::parse_id_bytes(accounts[i]));
        for (const ports::Row& row : rows[i]) {
            const PostId post(tables::parse_id_bytes(row.value));
            if (post < oldest) {
                favourites.push_back({actor, tables::parse_newest_first(row.sort)});
                ids.push_back(post);
            }
        }
    }
    CO_TRY(const auto posts, co_await posts_.find_many(std::move(ids)));
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (posts[i]) {
            ledger_.note_favourite(favourites[i].actor, favourites[i].relation, *posts[i]);
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Feeder::note_reactions(std::vector<PostPtr> posts) {
    std::vector<PostId> ids;
    for (const PostPtr& post : posts) {
        ids.push_back(post->id);
    }
    CO_TRY(const auto counts, co_await posts_.counts(ids));
    for (std::size_t i = 0; i < posts.size(); ++i) {
        ports::Range range;
        range.partition = tables::id_bytes(posts[i]->id);
        range.limit = limits_.fill_reactions_max;
        if (counts[i].favourites > 0) {
            range.table = tables::kFavouritedBy;
            CO_TRY(const auto favourites, co_await environment_.store.scan(range));
            for (const ports::Row& row : favourites) {
                const AccountId actor(tables::parse_id_bytes(row.value));
                ledger_.note_favourite(actor, tables::parse_newest_first(row.sort), *posts[i]);
            }
        }
        if (counts[i].boosts > 0) {
            range.table = tables::kBoostedBy;
            CO_TRY(const auto rows, co_await environment_.store.scan(range));
            std::vector<PostId> boosts;
            for (const ports::Row& row : rows) {
                boosts.emplace_back(tables::parse_newest_first(row.sort));
            }
            CO_CHECK(co_await note_boosts(posts[i], std::move(boosts)));
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Feeder::note_boosts(PostPtr original, std::vector<PostId> boosts) {
    CO_TRY(const auto found, co_await posts_.find_many(std::move(boosts)));
    for (const PostPtr& boost : found) {
        if (boost) {
            ledger_.note_boost(*boost, *original);
        }
    }
    co_return Result<void>();
}

}  // namespace rookery::discover::trends
