#include "discover/directory.h"

#include "social/post.h"
#include "social/tables.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover {

namespace {

namespace tables = social::tables;
using social::EventType;

constexpr std::size_t kAccountsPerStep = 500;
/// No id that this program made is of the first day of ids.
constexpr UnixMs kIdsWithTime = kIdEpochMs + 86'400'000;
/// Posts of one author that are looked at for the newest that is not direct. If all these are, the
/// author counts as one who never posted.
constexpr std::size_t kPostsRead = 40;
constexpr std::size_t kPostsReadFirst = 2;

ports::Range newest_posts(AccountId author, std::size_t limit) {
    return {.table = tables::kAuthorPosts, .partition = tables::id_bytes(author), .limit = limit};
}

/// When the newest post of these rows was made that is not direct; 0 if there is none.
UnixMs newest_shown(const std::vector<ports::Row>& rows) {
    for (const ports::Row& row : rows) {
        const auto flags = social::decode_author_post_flags(row.value);
        if (flags && flags->visibility != social::Visibility::kDirect) {
            return id_time_ms(tables::parse_newest_first(row.sort));
        }
    }
    return 0;
}

}  // namespace

void Directory::Lists::set(AccountId account, std::optional<Standing> standing) {
    if (const auto known = standings.find(account.value); known != standings.end()) {
        active.erase({known->second.posted_at_ms, account});
        newest.erase({known->second.created_at_ms, account});
        standings.erase(known);
    }
    if (standing) {
        active.insert({standing->posted_at_ms, account});
        newest.insert({standing->created_at_ms, account});
        standings.emplace(account.value, *standing);
    }
}

void Directory::Lists::move_up(AccountId account, UnixMs posted_at_ms) {
    const auto known = standings.find(account.value);
    if (known == standings.end() || known->second.posted_at_ms >= posted_at_ms) {
        return;
    }
    active.erase({known->second.posted_at_ms, account});
    active.insert({posted_at_ms, account});
    known->second.posted_at_ms = posted_at_ms;
}

void Directory::on_committed(const social::SocialEvent& event) {
    const std::scoped_lock lock(mutex_);
    switch (event.type) {
        case EventType::kPostCreated:
            if (event.is_direct) {
                return;
            }
            lists_.move_up(event.actor, id_time_ms(event.post.value));
            // A look at the store, or a build, may have been before it.
            if (building_ || looked_at_.contains(event.actor)) {
                reviews_.insert(event.actor);
            }
            break;
        case EventType::kAccountCreated:
            // As a new account is, for the look that follows is a moment later. Ids that were given
            // by hand tell no time, and it would move in the middle of somebody's paging.
            if (const UnixMs made_at = id_time_ms(event.actor.value); made_at > kIdsWithTime) {
                lists_.set(event.actor, Standing{made_at, 0});
            }
            [[fallthrough]];
        case EventType::kAccountUpdated:
        case EventType::kAccountSuspended:
        case EventType::kPostDeleted:
        case EventType::kPostEdited:
            reviews_.insert(event.actor);
            break;
        case EventType::kGraphImported:  // with accounts that it made
        case EventType::kPostsImported:
            build_wanted_ = true;
            break;
        default:
            return;
    }
    looked_at_.erase(event.actor);
}

bool Directory::ready() const {
    const std::scoped_lock lock(mutex_);
    return ready_;
}

std::size_t Directory::size() const {
    const std::scoped_lock lock(mutex_);
    return lists_.standings.size();
}

std::vector<AccountId> Directory::page(
    Order order,
    std::span<const AccountId> left_out,
    std::size_t offset,
    std::size_t limit
) const {
    const std::scoped_lock lock(mutex_);
    const bool by_post = order == Order::kActive;
    const RankedAccounts& ranked = by_post ? lists_.active : lists_.newest;
    std::vector<RankedAccounts::Entry> hidden;
    for (const AccountId account : left_out) {
        if (const auto at = lists_.standings.find(account.value); at != lists_.standings.end()) {
            const Standing& standing = at->second;
            hidden.push_back({by_post ? standing.posted_at_ms : standing.created_at_ms, account});
        }
    }
    const std::vector<std::size_t> places =
        hidden.empty() ? std::vector<std::size_t>() : ranked.places_of(hidden);
    auto next_hidden = places.begin();
    std::size_t first = std::min(offset, ranked.size());
    for (; next_hidden != places.end() && *next_hidden <= first; ++next_hidden) {
        ++first;
    }
    // As many more as may be hidden within.
    const auto left = static_cast<std::size_t>(places.end() - next_hidden);
    std::vector<AccountId> accounts = ranked.slice(first, limit + left);
    if (left != 0) {
        std::erase_if(accounts, [&](AccountId account) {
            return std::ranges::binary_search(left_out, account);
        });
    }
    accounts.resize(std::min(accounts.size(), limit));
    return accounts;
}

Task<Result<bool>> Directory::work() {
    {
        const std::scoped_lock lock(mutex_);
        if (!build_ && build_wanted_) {
            build_wanted_ = false;
            building_ = true;
            build_ = Build{};
        }
    }
    if (build_) {
        CO_CHECK(co_await build_on());
        co_return true;
    }
    co_return co_await review();
}

Task<Result<void>> Directory::build_on() {
    CO_TRY(auto accounts, co_await accounts_.list(build_->after_name, kAccountsPerStep));
    const bool is_last = accounts.size() < kAccountsPerStep;
    if (!accounts.empty()) {
        build_->after_name = accounts.back()->username;
    }
    CO_TRY(const auto found, co_await look_at(std::move(accounts)));
    for (const Found& one : found) {
        build_->lists.set(one.account, one.standing);
    }
    if (is_last) {
        const std::scoped_lock lock(mutex_);
        // Of whom the build may have read before their last change: until they are looked at, what
        // is known of them stays, so that nobody is missing meanwhile.
        for (const AccountId id : reviews_) {
            if (const auto known = lists_.standings.find(id.value);
                known != lists_.standings.end()) {
                build_->lists.set(id, known->second);
            }
        }
        lists_ = std::move(build_->lists);
        ready_ = true;
        building_ = false;
        build_.reset();
    }
    co_return Result<void>();
}

Task<Result<std::vector<Directory::Found>>> Directory::look_at(
    std::vector<social::AccountPtr> accounts
) {
    std::vector<Found> found;
    std::vector<ports::Range> ranges;
    for (const social::AccountPtr& account : accounts) {
        if (!account) {
            continue;
        }
        found.push_back({account->id, std::nullopt});
        if (!account->suspended && account->discoverable) {
            found.back().standing = Standing{account->created_at_ms, 0};
            ranges.push_back(newest_posts(account->id, kPostsReadFirst));
        }
    }
    CO_TRY(const auto rows, co_await store_.scan_many(std::move(ranges)));
    std::size_t next = 0;
    for (Found& one : found) {
        if (!one.standing) {
            continue;
        }
        const std::vector<ports::Row>& first = rows[next++];
        one.standing->posted_at_ms = newest_shown(first);
        if (one.standing->posted_at_ms == 0 && first.size() == kPostsReadFirst) {
            CO_TRY(const auto more, co_await store_.scan(newest_posts(one.account, kPostsRead)));
            one.standing->posted_at_ms = newest_shown(more);
        }
    }
    co_return found;
}

Task<Result<bool>> Directory::review() {
    std::vector<AccountId> ids;
    {
        const std::scoped_lock lock(mutex_);
        const auto end = reviews_.size() <= kAccountsPerStep
                             ? reviews_.end()
                             : std::next(reviews_.begin(), kAccountsPerStep);
        ids.assign(reviews_.begin(), end);
        reviews_.erase(reviews_.begin(), end);
        looked_at_ = {ids.begin(), ids.end()};
    }
    if (ids.empty()) {
        co_return false;
    }
    auto accounts = co_await accounts_.find_many(ids);
    auto found = accounts ? co_await look_at(std::move(*accounts)) : Error(accounts.error());
    const std::scoped_lock lock(mutex_);
    if (!found) {
        reviews_.insert(ids.begin(), ids.end());
        co_return std::move(found).error();
    }
    for (const Found& one : *found) {
        // What happened meanwhile has asked for another look.
        if (looked_at_.contains(one.account)) {
            lists_.set(one.account, one.standing);
        }
    }
    looked_at_.clear();
    co_return true;
}

}  // namespace rookery::discover
