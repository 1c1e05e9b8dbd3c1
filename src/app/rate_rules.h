#pragma once

#include "api/mastodon/rate_policy.h"
#include "app/option.h"
#include "base/result.h"

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::app {

/// The rules of [[rate_limits.rule]]: the built-in ones, as the configuration file changes them,
/// and its own.
class RateRules final : public OptionList {
public:
    RateRules();

    [[nodiscard]] std::vector<std::string> names() const override;
    [[nodiscard]] std::vector<Option> entry(std::string_view name) override;
    [[nodiscard]] Result<void> check(std::string_view name) const override;

    /// Those that are on. `with_store`: rules whose reach is "auto" count in the shared store.
    /// Every rule was checked.
    [[nodiscard]] std::vector<api::mastodon::RatePolicy> policies(bool with_store) const;

private:
    /// A rule as the file has it.
    struct Draft {
        std::string name;
        bool enabled = true;
        std::vector<std::string> routes{"all"};
        std::vector<std::string> per{"account"};
        std::string algorithm = "fixed-window";
        std::uint64_t amount = 300;
        std::int64_t period_ms = 300'000;
        std::uint64_t burst = 0;  ///< 0: as the amount
        std::uint64_t keys = 65'536;
        bool shadow = false;
        std::string reach = "auto";
        std::string when_lost = "local";
        std::uint64_t lease = 0;  ///< 0: a thirtieth of the amount
        std::int64_t lease_ms = 1'000;
    };
    [[nodiscard]] static Draft draft_of(const api::mastodon::RatePolicy& policy);
    [[nodiscard]] Result<api::mastodon::RatePolicy> policy_of(const Draft& draft, bool with_store)
        const;
    [[nodiscard]] static limits::Reach reach_of(const Draft& draft, bool with_store);

    std::list<Draft> drafts_;  ///< options point into them
};

}  // namespace rookery::app
