#include "social/viewers.h"

#include "base/sharded_cache.h"
#include "social/follows.h"
#include "social/lists.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kScanRows = 2000;

using Rows = std::vector<ports::Row>;

/// Adds the rows of a partition that come after those that are in `rows`, unless those were all:
/// then they are fewer than kScanRows.
Task<Result<void>>
scan_rest(ports::Store* store, ports::Table table, std::string partition, Rows* rows) {
    ports::Range range{.table = table, .partition = std::move(partition), .limit = kScanRows};
    bool is_last = rows->size() < range.limit;
    while (!is_last) {
        range.from = rows->back().sort + '\0';
        CO_TRY(auto part, co_await store->scan(range));
        is_last = part.size() < range.limit;
        rows->insert(
            rows->end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end())
        );
    }
    co_return Result<void>();
}

/// Every row of one partition of each table, in the order of sort keys, however many there are.
Task<Result<std::vector<Rows>>>
scan_all(ports::Store* store, std::vector<ports::Table> tables, std::string partition) {
    std::vector<ports::Range> ranges;
    ranges.reserve(tables.size());
    for (const ports::Table table : tables) {
        ranges.push_back({.table = table, .partition = partition, .limit = kScanRows});
    }
    CO_TRY(auto all, co_await store->scan_many(std::move(ranges)));
    for (std::size_t i = 0; i < tables.size(); ++i) {
        CO_CHECK(co_await scan_rest(store, tables[i], partition, &all[i]));
    }
    co_return all;
}

/// The ids in the sort keys of rows whose keys are made by tables::id_bytes.
template <class IdType>
std::vector<IdType> ids_of(const Rows& rows) {
    std::vector<IdType> ids;
    ids.reserve(rows.size());
    for (const ports::Row& row : rows) {
        ids.emplace_back(tables::parse_id_bytes(row.sort));
    }
    return ids;
}

Result<void> read_following(const Rows& rows, Viewer& viewer) {
    viewer.following.reserve(rows.size());
    for (const ports::Row& row : rows) {
        TRY(Follow follow, decode_follow(row.value));
        const AccountId account(tables::parse_id_bytes(row.sort));
        viewer.following.push_back({account, follow.id});
        if (!follow.show_boosts || !follow.languages.empty()) {
            viewer.choices.push_back({account, follow.show_boosts, std::move(follow.languages)});
        }
    }
    return {};
}

Result<void> read_muting(const Rows& rows, Viewer& viewer) {
    viewer.muting.reserve(rows.size());
    for (const ports::Row& row : rows) {
        TRY(const Mute mute, decode_mute(row.value));
        viewer.muting.push_back(
            {.account = AccountId(tables::parse_id_bytes(row.sort)),
             .notifications = mute.notifications,
             .expires_at_ms = mute.expires_at_ms}
        );
    }
    return {};
}

/// The members of the exclusive ones among the lists of `owner`, whose follows are read already.
Task<Result<std::vector<AccountId>>>
load_set_apart(ports::Store* store, const Viewer* owner, const Rows* lists) {
    std::vector<AccountId> accounts;
    for (const ports::Row& row : *lists) {
        CO_TRY(const List list, decode_list(ListId(tables::parse_id_bytes(row.sort)), row.value));
        if (!list.exclusive) {
            continue;
        }
        CO_TRY(const auto members, co_await scan_all(store, {tables::kListMembers}, row.sort));
        for (const ports::Row& member : members.front()) {
            const AccountId account(tables::parse_id_bytes(member.sort));
            if (is_member(*owner, account, member.value)) {
                accounts.push_back(account);
            }
        }
    }
    std::ranges::sort(accounts);
    const auto repeated = std::ranges::unique(accounts);
    accounts.erase(repeated.begin(), repeated.end());
    co_return accounts;
}

Task<Result<ViewerPtr>> load(ports::Store* store, AccountId account) {
    enum : std::size_t { kFollows, kBlocks, kBlockedBy, kMutes, kThreadMutes, kTags, kLists };
    const std::vector<ports::Table> wanted{
        tables::kFollows,
        tables::kBlocks,
        tables::kBlockedBy,
        tables::kMutes,
        tables::kThreadMutes,
        tables::kFollowedTags,
        tables::kLists
    };
    CO_TRY(auto rows, co_await scan_all(store, wanted, tables::id_bytes(account)));
    auto viewer = std::make_shared<Viewer>();
    viewer->id = account;
    CO_CHECK(read_following(rows[kFollows], *viewer));
    viewer->blocking = ids_of<AccountId>(rows[kBlocks]);
    viewer->blocked_by = ids_of<AccountId>(rows[kBlockedBy]);
    CO_CHECK(read_muting(rows[kMutes], *viewer));
    viewer->muted_threads = ids_of<PostId>(rows[kThreadMutes]);
    for (ports::Row& row : rows[kTags]) {
        viewer->tags.push_back(std::move(row.sort));
    }
    CO_TRY(viewer->set_apart, co_await load_set_apart(store, viewer.get(), &rows[kLists]));
    co_return ViewerPtr(std::move(viewer));
}

}  // namespace

class Viewers::State {
public:
    State(Environment environment, std::size_t cached_viewers_max)
        : environment(environment), cache(cached_viewers_max) {}

    Environment environment;
    ShardedCache<AccountId, ViewerPtr> cache;
};

Viewers::Viewers(Environment environment, std::size_t cached_viewers_max)
    : state_(std::make_unique<State>(environment, cached_viewers_max)) {}

Viewers::~Viewers() = default;

ViewerPtr Viewers::find_at_once(AccountId account) {
    return state_->cache.find(account).value_or(nullptr);
}

void Viewers::fetch_ahead(AccountId account, FetchStep step) {
    state_->cache.fetch_ahead(account, step);
}

Task<Result<ViewerPtr>> Viewers::find(AccountId account) {
    if (auto cached = find_at_once(account)) {
        co_return cached;
    }
    const auto stamp = state_->cache.stamp(account);
    CO_TRY(ViewerPtr viewer, co_await load(&state_->environment.store, account));
    state_->cache.insert(account, viewer, stamp);
    co_return viewer;
}

void Viewers::on_committed(const SocialEvent& event) {
    switch (event.type) {
        case EventType::kFollowed:
        case EventType::kUnfollowed:
        case EventType::kFollowChanged:
        case EventType::kMuted:
        case EventType::kUnmuted:
        case EventType::kThreadMuted:
        case EventType::kThreadUnmuted:
        case EventType::kTagFollowed:
        case EventType::kListChanged:
            state_->cache.erase(event.actor);
            break;
        case EventType::kBlocked:
        case EventType::kUnblocked:
            state_->cache.erase(event.actor);
            state_->cache.erase(event.target);
            break;
        case EventType::kGraphImported:
            state_->cache.clear();
            break;
        default:
            break;
    }
}

}  // namespace rookery::social
