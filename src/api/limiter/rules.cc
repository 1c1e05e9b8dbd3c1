#include "api/limiter/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace rookery::api::limiter {

namespace {

/// Keys of a limit that requests bring with them: there may be many such limits.
constexpr std::size_t kOverrideKeys = 16'384;

RateLimit limit_of(const Override& wanted, std::size_t index, bool has_store) {
    RateLimit limit;
    limit.index = index;
    // No domain is empty, so no limit of the configuration has this path.
    limit.path = fmt::format(",override={}/{}", wanted.requests_per_unit, name_of(wanted.unit));
    limit.requests_per_unit = wanted.requests_per_unit;
    limit.unit = wanted.unit;
    limit.kind =
        wanted.requests_per_unit == 0 ? RateLimit::Kind::kClosed : RateLimit::Kind::kCounted;
    limit.rule.name = limit.path;
    limit.rule.quota = {
        .amount = wanted.requests_per_unit,
        .period = length_of(wanted.unit),
        .burst = wanted.requests_per_unit
    };
    limit.rule.keys_max = kOverrideKeys;
    limit.rule.reach = has_store ? limits::Reach::kShared : limits::Reach::kLocal;
    return limit;
}

}  // namespace

const RateLimit* Rules::find(const Override& wanted) const {
    const auto found = std::ranges::find(overrides, wanted);
    return found == overrides.end()
               ? nullptr
               : &override_limits[static_cast<std::size_t>(found - overrides.begin())];
}

Result<std::shared_ptr<const Rules>> make_rules(
    std::shared_ptr<const Configuration> configuration,
    std::vector<Override> overrides,
    const limits::RulebookContext& context,
    const Rules* old
) {
    auto made = std::make_shared<Rules>();
    made->configuration = std::move(configuration);
    made->overrides = std::move(overrides);
    std::vector<const RateLimit*> all;
    for (const RateLimit& limit : made->configuration->limits()) {
        all.push_back(&limit);
    }
    made->override_limits.reserve(made->overrides.size());
    for (const Override& wanted : made->overrides) {
        made->override_limits.push_back(limit_of(wanted, all.size(), context.shared != nullptr));
        all.push_back(&made->override_limits.back());
    }

    std::vector<limits::Rule> counting;
    for (const RateLimit* limit : all) {
        if (limit->kind == RateLimit::Kind::kCounted) {
            counting.push_back(limit->rule);
        }
    }
    TRY(made->rulebook,
        old ? limits::Rulebook::make(std::move(counting), context, *old->rulebook)
            : limits::Rulebook::make(std::move(counting), context));

    std::map<std::string_view, std::shared_ptr<Outcomes>> known;
    if (old) {
        for (const auto& outcomes : old->outcomes) {
            known.emplace(outcomes->rule(), outcomes);
        }
    }
    std::size_t next = 0;
    for (const RateLimit* limit : all) {
        const bool counts = limit->kind == RateLimit::Kind::kCounted;
        made->counted.push_back(counts ? &made->rulebook->rules()[next++] : nullptr);
        const auto found = known.find(limit->path);
        made->outcomes.push_back(
            found != known.end() ? found->second
                                 : std::make_shared<Outcomes>(limit->domain, limit->path)
        );
    }
    return std::shared_ptr<const Rules>(std::move(made));
}

}  // namespace rookery::api::limiter
