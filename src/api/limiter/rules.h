#pragma once

#include "api/limiter/configuration.h"
#include "api/limiter/outcomes.h"
#include "limits/rulebook.h"

#include <memory>
#include <vector>

namespace rookery::api::limiter {

/// A configuration and what counts for it. It never changes: other limits are other rules, which
/// inherit.
struct Rules {
    std::shared_ptr<const Configuration> configuration;
    /// What requests brought with them so far, and the limits that came of it.
    std::vector<Override> overrides;
    std::vector<RateLimit> override_limits;
    std::shared_ptr<const limits::Rulebook> rulebook;
    /// By RateLimit::index; those of overrides are behind those of the configuration.
    std::vector<const limits::CountedRule*> counted;  ///< null: it does not count
    std::vector<std::shared_ptr<Outcomes>> outcomes;  ///< go over to the rules that come after

    /// The limit of an override; null if there is none.
    [[nodiscard]] const RateLimit* find(const Override& wanted) const;
};

/// What limits of the same paths have counted in `old`, if it is not null, goes on. kInvalid names
/// the limit that is impossible.
[[nodiscard]] Result<std::shared_ptr<const Rules>> make_rules(
    std::shared_ptr<const Configuration> configuration,
    std::vector<Override> overrides,
    const limits::RulebookContext& context,
    const Rules* old
);

}  // namespace rookery::api::limiter
