#include "social/pair_edges.h"

#include "social/event.h"
#include "social/row_change.h"
#include "social/tables.h"

#include <utility>
#include <vector>

namespace rookery::social {

namespace {

using ports::Batch;
using ports::Key;
using tables::id_bytes;
using tables::newest_first;

constexpr std::size_t kRowsPerDirection = 3;
constexpr ports::Counters kOneFollower = {1, 0, 0, 0};
constexpr ports::Counters kOneFollowing = {0, 1, 0, 0};
constexpr ports::Counters kOneFollowerLess = {-1, 0, 0, 0};
constexpr ports::Counters kOneFollowingLess = {0, -1, 0, 0};

void watch(std::vector<WatchedRow>& rows, AccountId from, AccountId to) {
    rows.push_back({.key = {tables::kFollows, id_bytes(from), id_bytes(to)}});
    rows.push_back({.key = {tables::kRequestedFollows, id_bytes(from), id_bytes(to)}});
    rows.push_back({.key = {tables::kBlocks, id_bytes(from), id_bytes(to)}});
}

Result<OneWayEdges> parse(AccountId from, AccountId to, const FoundRows& found, std::size_t first) {
    OneWayEdges edges{.from = from, .to = to};
    if (found[first]) {
        TRY(edges.follow, decode_follow(*found[first]));
    }
    if (found[first + 1]) {
        TRY(edges.request, decode_follow(*found[first + 1]));
    }
    if (found[first + 2]) {
        edges.block = RelationId(tables::parse_id_bytes(*found[first + 2]));
    }
    return edges;
}

void emit(Batch& batch, EventType type, AccountId actor, AccountId target, RelationId ref) {
    batch.emit(encode(SocialEvent{.type = type, .actor = actor, .target = target, .ref = ref.value})
    );
}

}  // namespace

Task<Result<void>> change_pair(ports::Store* store, AccountId from, AccountId to, PairPlan plan) {
    std::vector<WatchedRow> watched;
    watch(watched, from, to);
    watch(watched, to, from);
    RowPlan row_plan =
        [from, to, plan = std::move(plan)](const FoundRows& found, Batch& batch) -> Result<void> {
        PairEdges pair;
        TRY(pair.forward, parse(from, to, found, 0));
        TRY(pair.backward, parse(to, from, found, kRowsPerDirection));
        return plan(pair, batch);
    };
    co_return co_await change_rows(store, std::move(watched), std::move(row_plan));
}

void add_follow(Batch& batch, AccountId from, AccountId to, const Follow& follow) {
    batch.put({tables::kFollows, id_bytes(from), id_bytes(to)}, encode(follow));
    batch.put({tables::kFollowing, id_bytes(from), newest_first(follow.id)}, id_bytes(to));
    batch.put({tables::kFollowers, id_bytes(to), newest_first(follow.id)}, id_bytes(from));
    batch.add({tables::kAccountCounters, id_bytes(to), {}}, kOneFollower);
    batch.add({tables::kAccountCounters, id_bytes(from), {}}, kOneFollowing);
    emit(batch, EventType::kFollowed, from, to, follow.id);
}

void remove_follow(Batch& batch, const OneWayEdges& edges) {
    if (!edges.follow) {
        return;
    }
    const RelationId id = edges.follow->id;
    batch.erase({tables::kFollows, id_bytes(edges.from), id_bytes(edges.to)});
    batch.erase({tables::kFollowing, id_bytes(edges.from), newest_first(id)});
    batch.erase({tables::kFollowers, id_bytes(edges.to), newest_first(id)});
    batch.add({tables::kAccountCounters, id_bytes(edges.to), {}}, kOneFollowerLess);
    batch.add({tables::kAccountCounters, id_bytes(edges.from), {}}, kOneFollowingLess);
    emit(batch, EventType::kUnfollowed, edges.from, edges.to, id);
}

void change_follow(Batch& batch, const OneWayEdges& edges, const Follow& follow) {
    batch.put({tables::kFollows, id_bytes(edges.from), id_bytes(edges.to)}, encode(follow));
    emit(batch, EventType::kFollowChanged, edges.from, edges.to, follow.id);
}

void add_request(Batch& batch, AccountId from, AccountId to, const Follow& request) {
    batch.put({tables::kRequestedFollows, id_bytes(from), id_bytes(to)}, encode(request));
    batch.put({tables::kFollowRequests, id_bytes(to), newest_first(request.id)}, id_bytes(from));
    emit(batch, EventType::kFollowRequested, from, to, request.id);
}

void remove_request(Batch& batch, const OneWayEdges& edges) {
    if (!edges.request) {
        return;
    }
    const RelationId id = edges.request->id;
    batch.erase({tables::kRequestedFollows, id_bytes(edges.from), id_bytes(edges.to)});
    batch.erase({tables::kFollowRequests, id_bytes(edges.to), newest_first(id)});
    emit(batch, EventType::kFollowRequestGone, edges.from, edges.to, id);
}

void change_request(Batch& batch, const OneWayEdges& edges, const Follow& request) {
    batch.put(
        {tables::kRequestedFollows, id_bytes(edges.from), id_bytes(edges.to)}, encode(request)
    );
}

void add_block(Batch& batch, AccountId from, AccountId to, RelationId block) {
    batch.put({tables::kBlocks, id_bytes(from), id_bytes(to)}, id_bytes(block));
    batch.put({tables::kBlockedBy, id_bytes(to), id_bytes(from)}, {});
    batch.put({tables::kBlockList, id_bytes(from), newest_first(block)}, id_bytes(to));
    emit(batch, EventType::kBlocked, from, to, block);
}

void remove_block(Batch& batch, const OneWayEdges& edges) {
    if (!edges.block) {
        return;
    }
    batch.erase({tables::kBlocks, id_bytes(edges.from), id_bytes(edges.to)});
    batch.erase({tables::kBlockedBy, id_bytes(edges.to), id_bytes(edges.from)});
    batch.erase({tables::kBlockList, id_bytes(edges.from), newest_first(*edges.block)});
    emit(batch, EventType::kUnblocked, edges.from, edges.to, *edges.block);
}

}  // namespace rookery::social
