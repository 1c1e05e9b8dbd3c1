#include "api/limiter/plan.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace rookery::api::limiter {

namespace {

/// No limit allows more, and costs of the same key are added up.
constexpr std::uint64_t kHitsMax = UINT32_MAX;

/// True if `a` is the better one to tell a client of.
bool goes_before(const Status& a, const Status& b) {
    if (a.allowed != b.allowed) {
        return !a.allowed;
    }
    if (!a.allowed) {
        return a.decision.retry_after > b.decision.retry_after;
    }
    // The one of which the smaller part is left.
    return static_cast<double>(a.decision.remaining) * b.limit->requests_per_unit <
           static_cast<double>(b.decision.remaining) * a.limit->requests_per_unit;
}

std::size_t foremost_of(const std::vector<Status>& statuses) {
    std::size_t best = Answer::kNone;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const Status& status = statuses[i];
        if (status.limit == nullptr || status.limit->kind == RateLimit::Kind::kUnlimited) {
            continue;
        }
        if (best == Answer::kNone || goes_before(status, statuses[best])) {
            best = i;
        }
    }
    return best;
}

/// Takes out the limits that others of the same request replace.
void drop_replaced(std::vector<Status>& statuses) {
    std::vector<std::string_view> replaced;
    for (const Status& status : statuses) {
        if (status.limit != nullptr) {
            replaced.insert(
                replaced.end(), status.limit->replaces.begin(), status.limit->replaces.end()
            );
        }
    }
    for (Status& status : statuses) {
        if (status.limit != nullptr && !status.limit->name.empty() &&
            std::ranges::find(replaced, status.limit->name) != replaced.end()) {
            status.limit = nullptr;
        }
    }
}

/// What one descriptor is counted by.
std::string key_of(std::string_view domain, const Descriptor& descriptor, bool without_last_value) {
    std::string key;
    if (descriptor.limit) {
        // All domains share the limits that come with requests.
        append_escaped(domain, key);
        key.push_back(',');
    }
    if (!without_last_value) {
        append_entries(descriptor.entries, key);
        return key;
    }
    std::vector<Entry> entries = descriptor.entries;
    entries.back().value = {};
    append_entries(entries, key);
    return key;
}

Outcome outcome_of(const Status& status, bool is_allowed) {
    if (status.shadowed) {
        return Outcome::kShadowed;
    }
    if (!status.allowed) {
        return Outcome::kRefused;
    }
    return is_allowed ? Outcome::kAllowed : Outcome::kSpared;
}

}  // namespace

bool Plan::is_local() const {
    return rules->rulebook->is_local() || std::ranges::all_of(asks, [](const limits::Ask& ask) {
               return ask.rule->rule().reach == limits::Reach::kLocal;
           });
}

Plan make_plan(const LimitRequest& request, std::shared_ptr<const Rules> rules_in_force) {
    Plan plan;
    plan.rules = std::move(rules_in_force);
    const Rules& rules = *plan.rules;
    const bool is_known = rules.configuration->has_domain(request.domain);
    const std::size_t count = request.descriptors.size();
    plan.statuses.resize(count);
    plan.unmatched = is_known ? 0 : count;
    std::vector<bool> by_wildcard(count);
    for (std::size_t i = 0; i < count && is_known; ++i) {
        const Descriptor& descriptor = request.descriptors[i];
        if (descriptor.limit) {
            plan.statuses[i].limit = rules.find(*descriptor.limit);
            continue;
        }
        const auto match = rules.configuration->match(request.domain, descriptor.entries);
        plan.statuses[i].limit = match.limit;
        by_wildcard[i] = match.by_wildcard;
        if (match.limit == nullptr) {
            ++plan.unmatched;
        }
    }
    if (count > 1) {
        drop_replaced(plan.statuses);
    }
    plan.is_closed = std::ranges::any_of(plan.statuses, [](const Status& status) {
        return status.limit != nullptr && status.limit->kind == RateLimit::Kind::kClosed &&
               !status.limit->shadow;
    });
    plan.keys.reserve(count);  // the asks look at them
    for (std::size_t i = 0; i < count; ++i) {
        const RateLimit* limit = plan.statuses[i].limit;
        if (limit == nullptr || limit->kind != RateLimit::Kind::kCounted) {
            continue;
        }
        const Descriptor& descriptor = request.descriptors[i];
        plan.keys.push_back(
            key_of(request.domain, descriptor, by_wildcard[i] && limit->share_threshold)
        );
        plan.asked.push_back(i);
        plan.asks.push_back(
            {rules.counted[limit->index],
             plan.keys.back(),
             plan.is_closed ? 0 : std::min(descriptor.hits.value_or(request.hits), kHitsMax)}
        );
    }
    return plan;
}

Answer finish_plan(const LimitRequest& request, Plan plan, const limits::Verdict& verdict) {
    Answer answer;
    answer.allowed = verdict.allowed && !plan.is_closed;
    answer.statuses = std::move(plan.statuses);
    for (std::size_t i = 0; i < plan.asked.size(); ++i) {
        Status& status = answer.statuses[plan.asked[i]];
        status.decision = verdict.answers[i].decision;
        status.allowed = status.decision.allowed || !verdict.answers[i].asked;
    }
    for (std::size_t i = 0; i < answer.statuses.size(); ++i) {
        Status& status = answer.statuses[i];
        if (status.limit == nullptr) {
            continue;
        }
        if (status.limit->kind == RateLimit::Kind::kClosed) {
            status.allowed = false;
            status.decision = {.allowed = false, .retry_after = limits::kNever};
        }
        if (!status.allowed && status.limit->shadow) {
            status.allowed = true;
            status.shadowed = true;
        }
        const auto& entries = request.descriptors[i].entries;
        plan.rules->outcomes[status.limit->index]->count(
            outcome_of(status, answer.allowed),
            status.limit->detailed_metric ? &entries.back().value : nullptr
        );
    }
    answer.foremost = foremost_of(answer.statuses);
    answer.keeper = std::move(plan.rules);
    return answer;
}

}  // namespace rookery::api::limiter
