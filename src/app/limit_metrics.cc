#include "app/limit_metrics.h"

#include <string>

namespace rookery::app {

namespace {

limits::Said said_by(const api::mastodon::Throttles& throttles, const std::string& rule) {
    const auto plan = throttles.plan();
    const limits::CountedRule* const counted = plan->rulebook->find(rule);
    return counted == nullptr ? limits::Said{} : counted->tally().total();
}

}  // namespace

void expose_limits(const api::mastodon::Throttles& throttles, metrics::Registry& registry) {
    constexpr std::string_view kName = "rookery_rate_limit_decisions_total";
    constexpr std::string_view kHelp = "Requests that a rule allowed and refused.";
    for (const limits::CountedRule& counted : throttles.plan()->rulebook->rules()) {
        const std::string& rule = counted.rule().name;
        registry.counter_function(
            kName,
            kHelp,
            {{"rule", rule}, {"outcome", "allowed"}},
            [&throttles, rule] { return static_cast<double>(said_by(throttles, rule).allowed); }
        );
        registry.counter_function(
            kName,
            kHelp,
            {{"rule", rule}, {"outcome", "refused"}},
            [&throttles, rule] { return static_cast<double>(said_by(throttles, rule).refused); }
        );
    }
}

}  // namespace rookery::app
