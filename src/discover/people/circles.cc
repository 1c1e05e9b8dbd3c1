#include "discover/people/circles.h"

#include "social/privacy.h"
#include "social/tables.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace rookery::discover {

namespace {

namespace tables = social::tables;

constexpr std::uint8_t kFollowed = 64;
constexpr std::uint8_t kFollower = 32;
constexpr int kSharedStepsMax = 31;

std::uint8_t steps_of(std::uint32_t shared) {
    return static_cast<std::uint8_t>(std::min<int>(std::bit_width(shared), kSharedStepsMax));
}

ports::Range newest(ports::Table table, AccountId account, std::size_t limit) {
    ports::Range range;
    range.table = table;
    range.partition = tables::id_bytes(account);
    range.limit = limit;
    return range;
}

}  // namespace

Task<Result<CirclePtr>> Circles::find(AccountId account) {
    const UnixMs now_ms = environment_.clock.now_ms();
    if (const auto cached = cache_.find(account)) {
        if (now_ms - cached->at_ms < limits_.age_max_ms) {
            co_return cached->circle;
        }
    }
    const auto stamp = cache_.stamp(account);
    CO_TRY(CirclePtr circle, co_await make(account));
    cache_.insert(account, {circle, now_ms}, stamp);
    co_return circle;
}

Task<Result<CirclePtr>> Circles::make(AccountId account) {
    CO_TRY(const auto viewer, co_await viewers_.find(account));
    auto circle = std::make_shared<Circle>();
    for (const social::FollowEdge& edge : viewer->following) {
        circle->insert_or_assign(edge.account.value, names::Neighbour{kFollowed, true});
    }
    CO_CHECK(co_await add_followers(account, circle.get()));
    CO_CHECK(co_await add_shared(viewer, circle.get()));
    circle->insert_or_assign(account.value, names::Neighbour{0, true});
    co_return CirclePtr(std::move(circle));
}

Task<Result<void>> Circles::add_followers(AccountId account, Circle* circle) {
    CO_TRY(
        const auto rows,
        co_await environment_.store.scan(newest(tables::kFollowers, account, limits_.followers_max))
    );
    for (const ports::Row& row : rows) {
        (*circle)[tables::parse_id_bytes(row.value)].closeness |= kFollower;
    }
    co_return Result<void>{};
}

Task<Result<std::vector<AccountId>>> Circles::to_ask(social::ViewerPtr viewer) {
    std::vector<social::FollowEdge> newest_first = viewer->following;
    const std::size_t count = std::min(limits_.asked_max, newest_first.size());
    std::ranges::partial_sort(
        newest_first,
        newest_first.begin() + static_cast<std::ptrdiff_t>(count),
        std::ranges::greater{},
        &social::FollowEdge::id
    );
    std::vector<AccountId> ids;
    ids.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(newest_first[i].account);
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(ids));
    std::vector<AccountId> open;
    for (const social::AccountPtr& account : accounts) {
        if (account && social::can_see_collections(viewer.get(), *account)) {
            open.push_back(account->id);
        }
    }
    co_return open;
}

Task<Result<void>> Circles::add_shared(social::ViewerPtr viewer, Circle* circle) {
    CO_TRY(const auto asked, co_await to_ask(std::move(viewer)));
    std::vector<ports::Range> ranges;
    ranges.reserve(asked.size());
    for (const AccountId id : asked) {
        ranges.push_back(newest(tables::kFollowing, id, limits_.each_max));
    }
    CO_TRY(const auto lists, co_await environment_.store.scan_many(std::move(ranges)));
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> shared;
    for (const auto& rows : lists) {
        for (const ports::Row& row : rows) {
            ++shared[tables::parse_id_bytes(row.value)];
        }
    }
    for (const auto& [id, count] : shared) {
        (*circle)[id].closeness |= steps_of(count);
    }
    co_return Result<void>{};
}

void Circles::on_committed(const social::SocialEvent& event) {
    switch (event.type) {
        case social::EventType::kFollowed:
        case social::EventType::kUnfollowed:
            cache_.erase(event.actor);
            cache_.erase(event.target);
            break;
        case social::EventType::kGraphImported:
            cache_.clear();
            break;
        default:
            break;
    }
}

}  // namespace rookery::discover
