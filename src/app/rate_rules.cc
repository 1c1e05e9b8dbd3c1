#include "app/rate_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace rookery::app {

namespace {

using api::mastodon::RatePolicy;

constexpr std::string_view kSection = "rate_limits.rule";
constexpr std::int64_t kMillisecond = 1'000'000;
constexpr double kUnitsMax = 1e9;
constexpr double kPeriodMaxMs = 1e12;

bool is_word(std::string_view name) {
    return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

}  // namespace

RateRules::RateRules() {
    std::ranges::transform(
        api::mastodon::default_rate_policies(), std::back_inserter(drafts_), draft_of
    );
}

RateRules::Draft RateRules::draft_of(const RatePolicy& policy) {
    const limits::Rule& rule = policy.rule;
    Draft draft;
    draft.name = rule.name;
    draft.routes = api::mastodon::names_of(policy.groups);
    draft.per = api::mastodon::names_of(policy.per);
    draft.algorithm = name_of(rule.algorithm);
    draft.amount = rule.quota.amount;
    draft.period_ms = rule.quota.period / kMillisecond;
    draft.burst = rule.quota.burst == rule.quota.amount ? 0 : rule.quota.burst;
    draft.keys = rule.keys_max;
    return draft;
}

std::vector<std::string> RateRules::names() const {
    std::vector<std::string> names;
    std::ranges::transform(drafts_, std::back_inserter(names), &Draft::name);
    return names;
}

// clang-format off: a table is read by its columns.

std::vector<Option> RateRules::entry(std::string_view name) {
    auto found = std::ranges::find(drafts_, name, &Draft::name);
    if (found == drafts_.end()) {
        found = drafts_.insert(drafts_.end(), Draft{.name = std::string(name)});
    }
    Draft& c = *found;
    const auto algorithms = limits::algorithm_names();
    return {
        {kSection, "name", &c.name, 0, 60, "Which rule it is, as answers and plots name it; lower-case letters, digits, \"-\", \"_\" and \".\".", "", {}},
        {kSection, "enabled", &c.enabled, 0, 0, "Whether there is such a rule.", "", {}},
        {kSection, "routes", &c.routes, 0, 0, "Which requests it is about: all, reads, writes, posts, deletions, media, search, streaming, follows, reports, sign-ups, apps; sign-ins (attempts).", "", {}},
        {kSection, "per", &c.per, 0, 0, "For whom it counts, each combination for itself: account, token, address (IPv6: its /64 network), target (the account, post … of the route, whose name is tried). Signed out, accounts and tokens are addresses. None: all together.", "", {}},
        {kSection, "algorithm", &c.algorithm, 0, 0, "How it counts.", "sliding-log: 16 bytes a request; subwindow-counter: 128 bytes a key.", {algorithms.begin(), algorithms.end()}},
        {kSection, "amount", &c.amount, 1, kUnitsMax, "Requests a period.", "More lets one client take more of everybody's time.", {}},
        {kSection, "period_ms", &c.period_ms, 1, kPeriodMaxMs, "Length of the period.", "", {}},
        {kSection, "burst", &c.burst, 0, kUnitsMax, "Requests that may come at once, for gcra and the buckets; 0: as many as the amount.", "", {}},
        {kSection, "keys", &c.keys, 1024, 1e8, "Accounts, addresses … counted at the same time.", "24 bytes each, taken as they come.", {}},
        {kSection, "shadow", &c.shadow, 0, 0, "On trial: it counts and is plotted, and refuses nothing.", "", {}},
        {kSection, "reach", &c.reach, 0, 0, "Where it counts, with a store: local (each server for itself), shared (exactly, at one question to the store a request), leased (some at once); auto: what suits the rule.", "", {"auto", "local", "shared", "leased"}},
        {kSection, "when_lost", &c.when_lost, 0, 0, "What becomes of requests while the store cannot be asked; local: each server counts for itself.", "", {"allow", "refuse", "local"}},
        {kSection, "lease", &c.lease, 0, kUnitsMax, "Requests that a server takes from the store at once, if leased; 0: a thirtieth of the amount.", "So many more may be admitted by each server.", {}},
        {kSection, "lease_ms", &c.lease_ms, 10, 3.6e6, "How long a server may use them.", "", {}},
    };
}

// clang-format on

Result<void> RateRules::check(std::string_view name) const {
    const auto found = std::ranges::find(drafts_, name, &Draft::name);
    if (found == drafts_.end() || !is_word(name)) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format(
                "{}.name must be of lower-case letters, digits, \"-\", \"_\" and \".\", not \"{}\"",
                kSection,
                name
            )
        );
    }
    TRY(const RatePolicy policy, policy_of(*found, true));
    const auto limit = limits::make_limit(policy.rule);
    return limit ? Result<void>{} : limit.error();
}

limits::Reach RateRules::reach_of(const Draft& draft, bool with_store) {
    if (const auto reach = limits::reach_of(draft.reach)) {
        return *reach;
    }
    const auto built_in = api::mastodon::default_rate_policies(with_store);
    const auto same = std::ranges::find(built_in, draft.name, [](const RatePolicy& policy) {
        return policy.rule.name;
    });
    if (same != built_in.end()) {
        return same->rule.reach;
    }
    return with_store ? limits::Reach::kShared : limits::Reach::kLocal;
}

Result<RatePolicy> RateRules::policy_of(const Draft& draft, bool with_store) const {
    const auto named = [&draft](std::string_view key, const Error& error) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("{}.{} of \"{}\": {}", kSection, key, draft.name, error.message)
        );
    };
    const auto groups = api::mastodon::rate_groups_of(draft.routes);
    if (!groups) {
        return named("routes", groups.error());
    }
    const auto per = api::mastodon::rate_keys_of(draft.per);
    if (!per) {
        return named("per", per.error());
    }
    RatePolicy policy{.groups = *groups, .per = *per};
    limits::Rule& rule = policy.rule;
    rule.name = draft.name;
    rule.algorithm = limits::algorithm_of(draft.algorithm).value();
    rule.quota = {
        .amount = draft.amount,
        .period = draft.period_ms * kMillisecond,
        .burst = draft.burst == 0 ? draft.amount : draft.burst,
    };
    rule.keys_max = draft.keys;
    rule.shadow = draft.shadow;
    rule.reach = reach_of(draft, with_store);
    rule.when_lost = limits::when_lost_of(draft.when_lost).value();
    rule.lease =
        draft.lease != 0 ? draft.lease : std::max<std::uint64_t>(1, limits::capacity(rule) / 30);
    rule.lease_for = draft.lease_ms * kMillisecond;
    return policy;
}

std::vector<RatePolicy> RateRules::policies(bool with_store) const {
    std::vector<RatePolicy> policies;
    for (const Draft& draft : drafts_) {
        if (draft.enabled) {
            auto policy = policy_of(draft, with_store);
            if (!policy) {
                throw std::logic_error("a rule that was not checked: " + policy.error().message);
            }
            policies.push_back(std::move(*policy));
        }
    }
    return policies;
}

}  // namespace rookery::app
