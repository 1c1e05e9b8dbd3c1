#pragma once

#include "api/mastodon/rate_policy.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/task.h"
#include "http/response.h"
#include "limits/header_fields.h"
#include "limits/refusal_log.h"
#include "limits/rulebook.h"
#include "limits/timekeeper.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// A request as limits see it. What it refers to must outlive the question.
struct Asker {
    RateClass rate = RateClass::kGeneral;
    bool writes = false;
    AccountId account;         ///< 0: nobody is signed in
    TokenId token;             ///< 0 likewise
    std::string_view address;  ///< as it came
    std::string_view target;   ///< in one form only, whatever the client wrote
};

/// What all limits on a request say, ready to be told.
struct RateVerdict {
    bool allowed = true;
    limits::Nanos wait = 0;  ///< how long to hold the request before it goes on
    std::vector<limits::HeaderField> fields;

    void add_headers(http::Response& response) const;
};

/// The policies in force, as they were configured and as they count. Never changes.
struct RatePlan {
    std::vector<RatePolicy> policies;
    std::shared_ptr<const limits::Rulebook> rulebook;

    struct Part {
        const limits::CountedRule* rule = nullptr;
        RateKeys per;
    };
    using Parts = std::vector<Part>;
    /// By RateClass, reads and writes.
    std::array<std::array<Parts, 2>, static_cast<std::size_t>(RateClass::kSignIn) + 1> parts;
};

/// The rate limits of the API: which rules a request falls under, and for whom it is counted.
/// Without policies everything is allowed and nothing counted. Thread-safe.
class Throttles {
public:
    /// Throws std::invalid_argument for policies that replace() would refuse. `clock` and `shared`
    /// must outlive it; null: there is no store.
    Throttles(
        std::vector<RatePolicy> policies,
        const Clock& clock,
        const limits::KeyHasher& hasher,
        limits::SharedLimits* shared
    );

    /// Puts other policies in force. What was used under rules of the same names stays used.
    /// kInvalid names the rule that is impossible; the policies are then as before.
    [[nodiscard]] Result<void> replace(std::vector<RatePolicy> policies);

    /// Decides, if that needs no shared store; else nothing.
    [[nodiscard]] std::optional<RateVerdict> take_at_once(const Asker& asker) const;
    /// Decides. `asker` must outlive the task.
    [[nodiscard]] Task<RateVerdict> take(const Asker& asker) const;

    [[nodiscard]] std::shared_ptr<const RatePlan> plan() const { return plan_.load(); }
    [[nodiscard]] const limits::RefusalLog& refusals() const { return refusals_; }
    [[nodiscard]] const limits::Timekeeper& timekeeper() const { return timekeeper_; }

private:
    [[nodiscard]] Result<std::shared_ptr<const RatePlan>>
    plan_of(std::vector<RatePolicy> policies, const RatePlan* old);
    [[nodiscard]] RateVerdict told(const limits::Verdict& verdict) const;

    const Clock& clock_;
    const limits::Timekeeper timekeeper_;
    const limits::KeyHasher hasher_;
    limits::RefusalLog refusals_;
    const limits::RulebookContext context_;
    std::mutex replacing_;
    std::atomic<std::shared_ptr<const RatePlan>> plan_;
};

/// What a limit per address counts, however the address is written: the address itself, also of one
/// of IPv4 within IPv6, or the /64 network of an IPv6 address.
[[nodiscard]] std::string address_key(std::string_view address);

}  // namespace rookery::api::mastodon
