#pragma once

#include "api/limiter/answer.h"
#include "api/limiter/limit_request.h"
#include "api/limiter/rules.h"
#include "limits/rulebook.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace rookery::api::limiter {

/// What a request comes down to: which limits are asked, for which keys.
struct Plan {
    std::shared_ptr<const Rules> rules;
    std::vector<Status> statuses;    ///< with their limits
    std::vector<std::size_t> asked;  ///< by ask: whose status it is
    std::vector<std::string> keys;   ///< by ask
    std::vector<limits::Ask> asks;
    bool is_closed = false;     ///< refused, whatever the others say
    std::size_t unmatched = 0;  ///< descriptors that no limit matches

    /// True if Rulebook::take() will do for the asks.
    [[nodiscard]] bool is_local() const;
};

/// `rules` know the limits that the request brings.
[[nodiscard]] Plan make_plan(const LimitRequest& request, std::shared_ptr<const Rules> rules);

/// What the verdict on the asks means for the request; counts the outcomes.
[[nodiscard]] Answer
finish_plan(const LimitRequest& request, Plan plan, const limits::Verdict& verdict);

}  // namespace rookery::api::limiter
