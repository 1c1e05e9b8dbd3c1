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

/// Every row of a partition, in the order of sort keys, however many there are.
Task<Result<std::vector<ports::Row>>>
scan_all(ports::Store& store, ports::Table table, std::string partition) {
    std::vector<ports::Row> rows;
    ports::Range range{.table = table, .partition = std::move(partition), .limit = kScanRows};
    while (true) {
        CO_TRY(auto part, co_await store.scan(range));
        const bool is_last = part.size() < range.limit;
        rows.insert(
            rows.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end())
        );
        if (is_last) {
            co_return rows;
        }
        range.from = rows.back().sort + '\0';
    }
}

/// The ids in the sort keys of a partition whose keys are made by tables::id_bytes.
template <class IdType>
Task<Result<std::vector<IdType>>>
load_ids(ports::Store& store, ports::Table table, std::string partition) {
    CO_TRY(const auto rows, co_await scan_all(store, table, std::move(partition)));
    std::vector<IdType> ids;
    ids.reserve(rows.size());
    for (const ports::Row& row : rows) {
        ids.emplace_back(tables::parse_id_bytes(row.sort));
    }
    co_return ids;
}

Task<Result<void>> load_following(ports::Store& store, std::string partition, Viewer* viewer) {
    CO_TRY(const auto rows, co_await scan_all(store, tables::kFollows, std::move(partition)));
    viewer->following.reserve(rows.size());
    for (const ports::Row& row : rows) {
        CO_TRY(Follow follow, decode_follow(row.value));
        const AccountId account(tables::parse_id_bytes(row.sort));
        viewer->following.push_back({account, follow.id});
        if (!follow.show_boosts || !follow.languages.empty()) {
            viewer->choices.push_back({account, follow.show_boosts, std::move(follow.languages)});
        }
    }
    co_return Result<void>();
}

Task<Result<std::vector<MuteEdge>>> load_muting(ports::Store& store, std::string partition) {
    CO_TRY(const auto rows, co_await scan_all(store, tables::kMutes, std::move(partition)));
    std::vector<MuteEdge> edges;
    edges.reserve(rows.size());
    for (const ports::Row& row : rows) {
        CO_TRY(const Mute mute, decode_mute(row.value));
        edges.push_back(
            {.account = AccountId(tables::parse_id_bytes(row.sort)),
             .notifications = mute.notifications,
             .expires_at_ms = mute.expires_at_ms}
        );
    }
    co_return edges;
}

Task<Result<std::vector<std::string>>> load_tags(ports::Store& store, std::string partition) {
    CO_TRY(auto rows, co_await scan_all(store, tables::kFollowedTags, std::move(partition)));
    std::vector<std::string> tags;
    tags.reserve(rows.size());
    for (ports::Row& row : rows) {
        tags.push_back(std::move(row.sort));
    }
    co_return tags;
}

/// The members of the exclusive lists of `owner`, whose follows are loaded already.
Task<Result<std::vector<AccountId>>> load_set_apart(ports::Store& store, const Viewer* owner) {
    CO_TRY(const auto rows, co_await scan_all(store, tables::kLists, tables::id_bytes(owner->id)));
    std::vector<AccountId> accounts;
    for (const ports::Row& row : rows) {
        CO_TRY(const List list, decode_list(ListId(tables::parse_id_bytes(row.sort)), row.value));
        if (!list.exclusive) {
            continue;
        }
        CO_TRY(
            const auto members,
            co_await scan_all(store, tables::kListMembers, std::string(row.sort))
        );
        for (const ports::Row& member : members) {
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

Task<Result<ViewerPtr>> load(ports::Store& store, AccountId account) {
    const std::string partition = tables::id_bytes(account);
    auto viewer = std::make_shared<Viewer>();
    viewer->id = account;
    CO_CHECK(co_await load_following(store, partition, viewer.get()));
    CO_TRY(viewer->blocking, co_await load_ids<AccountId>(store, tables::kBlocks, partition));
    CO_TRY(viewer->blocked_by, co_await load_ids<AccountId>(store, tables::kBlockedBy, partition));
    CO_TRY(viewer->muting, co_await load_muting(store, partition));
    CO_TRY(
        viewer->muted_threads, co_await load_ids<PostId>(store, tables::kThreadMutes, partition)
    );
    CO_TRY(viewer->tags, co_await load_tags(store, partition));
    CO_TRY(viewer->set_apart, co_await load_set_apart(store, viewer.get()));
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

Task<Result<ViewerPtr>> Viewers::find(AccountId account) {
    if (auto cached = state_->cache.find(account)) {
        co_return std::move(*cached);
    }
    const auto stamp = state_->cache.stamp(account);
    CO_TRY(ViewerPtr viewer, co_await load(state_->environment.store, account));
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
