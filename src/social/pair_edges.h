#pragma once

#include "base/task.h"
#include "ports/store.h"
#include "social/follows.h"

#include <functional>
#include <optional>
#include <string>

namespace rookery::social {

/// What one person's rows say about another, as read at one moment.
struct OneWayEdges {
    AccountId from;
    AccountId to;
    std::optional<Follow> follow;
    std::optional<Follow> request;
    std::optional<RelationId> block;
};

/// All follows, requests and blocks between two people.
struct PairEdges {
    OneWayEdges forward;
    OneWayEdges backward;

    [[nodiscard]] bool is_blocked() const { return forward.block || backward.block; }
};

/// Adds to `batch` what turns the edges that were read into the edges that are wanted; adds nothing
/// if they are that already. An error ends the change.
using PairPlan = std::function<Result<void>(const PairEdges&, ports::Batch&)>;

/// Reads the edges between two people, plans, and commits on the condition that no other change
/// came between; if one did, begins again. kUnavailable after too many of them.
[[nodiscard]] Task<Result<void>>
change_pair(ports::Store* store, AccountId from, AccountId to, PairPlan plan);

/// Each of these changes one edge: its rows, the counters and the event.
void add_follow(ports::Batch& batch, AccountId from, AccountId to, const Follow& follow);
void remove_follow(ports::Batch& batch, const OneWayEdges& edges);
void change_follow(ports::Batch& batch, const OneWayEdges& edges, const Follow& follow);
void add_request(ports::Batch& batch, AccountId from, AccountId to, const Follow& request);
void remove_request(ports::Batch& batch, const OneWayEdges& edges);
void change_request(ports::Batch& batch, const OneWayEdges& edges, const Follow& request);
void add_block(ports::Batch& batch, AccountId from, AccountId to, RelationId block);
void remove_block(ports::Batch& batch, const OneWayEdges& edges);

}  // namespace rookery::social
