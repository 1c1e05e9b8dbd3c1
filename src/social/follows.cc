#include "social/follows.h"

#include "social/follows_state.h"
#include "social/pair_edges.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kLanguagesMax = 64;
constexpr std::size_t kLanguageBytesMax = 8;

constexpr auto kNotAllowed = "This action is not allowed";

Follow with_options(Follow follow, const FollowOptions& options) {
    follow.show_boosts = options.show_boosts.value_or(follow.show_boosts);
    follow.notify = options.notify.value_or(follow.notify);
    follow.languages = options.languages.value_or(follow.languages);
    return follow;
}

bool is_language(std::string_view text) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    return !text.empty() && text.size() <= kLanguageBytesMax &&
           std::ranges::all_of(text, is_allowed);
}

Result<void> check(const FollowOptions& options) {
    if (!options.languages) {
        return {};
    }
    if (options.languages->size() > kLanguagesMax) {
        return fail(ErrorCode::kInvalid, "Languages are too many (maximum is 64)");
    }
    if (!std::ranges::all_of(*options.languages, is_language)) {
        return fail(ErrorCode::kInvalid, "Languages must be ISO 639 codes");
    }
    return {};
}

Result<void> plan_follow(
    const PairEdges& pair,
    ports::Batch& batch,
    const FollowOptions& options,
    bool is_locked,
    RelationId fresh_id
) {
    if (pair.is_blocked()) {
        return fail(ErrorCode::kForbidden, kNotAllowed);
    }
    const OneWayEdges& edges = pair.forward;
    if (edges.follow) {
        const Follow wanted = with_options(*edges.follow, options);
        if (wanted != *edges.follow) {
            change_follow(batch, edges, wanted);
        }
    } else if (edges.request) {
        const Follow wanted = with_options(*edges.request, options);
        if (wanted != *edges.request) {
            change_request(batch, edges, wanted);
        }
    } else {
        const Follow wanted = with_options({.id = fresh_id}, options);
        (is_locked ? add_request : add_follow)(batch, edges.from, edges.to, wanted);
    }
    return {};
}

}  // namespace

Follows::Follows(Environment environment, Accounts& accounts)
    : state_(std::make_unique<State>(environment, accounts)) {}

Follows::~Follows() = default;

Task<Result<void>> Follows::follow(AccountId actor, AccountId target, FollowOptions options) {
    if (actor == target) {
        co_return fail(ErrorCode::kInvalid, "You can't follow yourself");
    }
    CO_CHECK(check(options));
    CO_TRY(const AccountPtr account, co_await state_->accounts.find(target));
    if (account->suspended) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    State& state = *state_;
    const bool is_locked = account->locked;
    PairPlan plan = [&state, options = std::move(options), is_locked](
                        const PairEdges& pair, ports::Batch& batch
                    ) { return plan_follow(pair, batch, options, is_locked, state.next_id()); };
    co_return co_await change_pair(&state.environment.store, actor, target, std::move(plan));
}

Task<Result<void>> Follows::unfollow(AccountId actor, AccountId target) {
    PairPlan plan = [](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        remove_follow(batch, pair.forward);
        remove_request(batch, pair.forward);
        return {};
    };
    co_return co_await change_pair(&state_->environment.store, actor, target, std::move(plan));
}

Task<Result<void>> Follows::authorize(AccountId target, AccountId requester) {
    State& state = *state_;
    PairPlan plan = [&state](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        const OneWayEdges& edges = pair.forward;
        if (!edges.request) {
            return fail(ErrorCode::kNotFound, "Record not found");
        }
        remove_request(batch, edges);
        if (!edges.follow && !pair.is_blocked()) {
            Follow follow = *edges.request;
            follow.id = state.next_id();
            add_follow(batch, edges.from, edges.to, follow);
        }
        return {};
    };
    co_return co_await change_pair(&state.environment.store, requester, target, std::move(plan));
}

Task<Result<void>> Follows::reject(AccountId target, AccountId requester) {
    PairPlan plan = [](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        if (!pair.forward.request) {
            return fail(ErrorCode::kNotFound, "Record not found");
        }
        remove_request(batch, pair.forward);
        return {};
    };
    co_return co_await change_pair(&state_->environment.store, requester, target, std::move(plan));
}

Task<Result<void>> Follows::remove_follower(AccountId actor, AccountId follower) {
    PairPlan plan = [](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        remove_follow(batch, pair.forward);
        return {};
    };
    co_return co_await change_pair(&state_->environment.store, follower, actor, std::move(plan));
}

Task<Result<void>> Follows::block(AccountId actor, AccountId target) {
    if (actor == target) {
        co_return fail(ErrorCode::kInvalid, "You can't block yourself");
    }
    CO_TRY(const AccountPtr account, co_await state_->accounts.find(target));
    State& state = *state_;
    PairPlan plan = [&state](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        for (const OneWayEdges* edges : {&pair.forward, &pair.backward}) {
            remove_follow(batch, *edges);
            remove_request(batch, *edges);
        }
        if (!pair.forward.block) {
            add_block(batch, pair.forward.from, pair.forward.to, state.next_id());
        }
        return {};
    };
    co_return co_await change_pair(&state.environment.store, actor, account->id, std::move(plan));
}

Task<Result<void>> Follows::unblock(AccountId actor, AccountId target) {
    PairPlan plan = [](const PairEdges& pair, ports::Batch& batch) -> Result<void> {
        remove_block(batch, pair.forward);
        return {};
    };
    co_return co_await change_pair(&state_->environment.store, actor, target, std::move(plan));
}

}  // namespace rookery::social
