#include "api/limiter/limiter.h"

#include "api/limiter/plan.h"
#include "api/limiter/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::api::limiter {

Limiter::Limiter(limits::RulebookContext context, metrics::Registry& registry, RequestLimits limits)
    : context_(context),
      limits_(limits),
      unmatched_(registry.counter(
          "rookery_limiter_unmatched_total",
          "Descriptors that no limit matches, so that they are allowed."
      )) {}

Result<std::unique_ptr<Limiter>> Limiter::make(
    Configuration configuration,
    limits::RulebookContext context,
    metrics::Registry& registry,
    RequestLimits limits
) {
    std::unique_ptr<Limiter> limiter(new Limiter(context, registry, limits));
    if (auto put = limiter->exchange(std::move(configuration)); !put) {
        return std::move(put).error();
    }
    return limiter;
}

Limiter::~Limiter() {
    work_.reset();
    io_.stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

Executor Limiter::executor() {
    std::call_once(thread_begun_, [this] { thread_ = std::thread([this] { io_.run(); }); });
    return io_.get_executor();
}

std::shared_ptr<const Rules> Limiter::rules() const {
    const std::lock_guard lock(mutex_);
    return rules_;
}

Result<void> Limiter::exchange(Configuration configuration) {
    const std::lock_guard exchanging(exchange_mutex_);
    const auto old = rules();
    auto done =
        put(std::make_shared<const Configuration>(std::move(configuration)),
            old ? old->overrides : std::vector<Override>());
    if (!done) {
        return std::move(done).error();
    }
    return {};
}

Result<std::shared_ptr<const Rules>>
Limiter::put(std::shared_ptr<const Configuration> configuration, std::vector<Override> overrides) {
    const auto old = rules();
    TRY(auto made, make_rules(std::move(configuration), std::move(overrides), context_, old.get()));
    const std::lock_guard lock(mutex_);
    rules_ = made;
    return made;
}

Result<void> Limiter::check(const LimitRequest& request) const {
    const auto wrong = [](std::string what) { return fail(ErrorCode::kInvalid, std::move(what)); };
    if (request.domain.empty()) {
        return wrong("a request needs a domain");
    }
    if (request.descriptors.empty()) {
        return wrong("a request needs descriptors");
    }
    if (request.descriptors.size() > limits_.descriptors_max) {
        return wrong(fmt::format("a request has at most {} descriptors", limits_.descriptors_max));
    }
    for (std::size_t i = 0; i < request.descriptors.size(); ++i) {
        const Descriptor& descriptor = request.descriptors[i];
        if (descriptor.entries.empty()) {
            return wrong(fmt::format("descriptor {} has no entries", i));
        }
        if (descriptor.entries.size() > limits_.entries_max) {
            return wrong(
                fmt::format("descriptor {} has more than {} entries", i, limits_.entries_max)
            );
        }
        if (std::ranges::any_of(descriptor.entries, &std::string_view::empty, &Entry::key)) {
            return wrong(fmt::format("descriptor {} has an entry without a key", i));
        }
        if (descriptor.limit && length_of(descriptor.limit->unit) == 0) {
            return wrong(fmt::format("descriptor {} has a limit without a unit", i));
        }
    }
    return {};
}

Result<std::shared_ptr<const Rules>> Limiter::rules_for(const LimitRequest& request) {
    const auto missing_in = [&](const Rules& rules) {
        std::vector<Override> overrides = rules.overrides;
        const std::size_t before = overrides.size();
        for (const Descriptor& descriptor : request.descriptors) {
            if (descriptor.limit &&
                std::ranges::find(overrides, *descriptor.limit) == overrides.end()) {
                overrides.push_back(*descriptor.limit);
            }
        }
        return overrides.size() == before ? std::vector<Override>() : overrides;
    };
    auto rules = this->rules();
    if (std::ranges::none_of(request.descriptors, [](const Descriptor& descriptor) {
            return descriptor.limit.has_value();
        })) {
        return rules;
    }
    if (!rules->configuration->has_domain(request.domain) || missing_in(*rules).empty()) {
        return rules;
    }
    const std::lock_guard exchanging(exchange_mutex_);
    rules = this->rules();
    auto overrides = missing_in(*rules);
    if (overrides.empty()) {
        return rules;
    }
    if (overrides.size() > limits_.overrides_max) {
        return fail(
            ErrorCode::kTooLarge,
            fmt::format(
                "requests have brought {} different limits with them, and more are not taken",
                limits_.overrides_max
            )
        );
    }
    return put(rules->configuration, std::move(overrides));
}

Result<Plan> Limiter::plan(const LimitRequest& request) {
    if (auto checked = check(request); !checked) {
        return std::move(checked).error();
    }
    TRY(auto in_force, rules_for(request));
    Plan plan = make_plan(request, std::move(in_force));
    if (plan.unmatched != 0) {
        unmatched_.add(plan.unmatched);
    }
    return plan;
}

std::optional<Result<Answer>> Limiter::try_decide(const LimitRequest& request) {
    auto planned = plan(request);
    if (!planned) {
        return Result<Answer>(std::move(planned).error());
    }
    if (!planned->is_local()) {
        return std::nullopt;
    }
    limits::Verdict verdict;
    if (!planned->asks.empty()) {
        verdict = planned->rules->rulebook->take(planned->asks);
    }
    return Result<Answer>(finish_plan(request, std::move(*planned), verdict));
}

Task<Result<Answer>> Limiter::decide(LimitRequest request) {
    auto planned = plan(request);
    if (!planned) {
        co_return std::move(planned).error();
    }
    limits::Verdict verdict;
    if (!planned->asks.empty()) {
        verdict = co_await planned->rules->rulebook->decide(planned->asks);
    }
    co_return finish_plan(request, std::move(*planned), verdict);
}

std::string Limiter::expose() const {
    std::string out =
        "# HELP rookery_limiter_decisions_total What each limit said.\n"
        "# TYPE rookery_limiter_decisions_total counter\n";
    const auto in_force = rules();
    for (const auto& outcomes : in_force->outcomes) {
        outcomes->expose(out);
    }
    out += fmt::format(
        "# HELP rookery_limiter_limits Limits in force, those that came with requests included.\n"
        "# TYPE rookery_limiter_limits gauge\n"
        "rookery_limiter_limits {}\n",
        in_force->outcomes.size()
    );
    return out;
}

}  // namespace rookery::api::limiter
