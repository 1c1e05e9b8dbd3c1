#pragma once

#include "api/limiter/answer.h"
#include "api/limiter/configuration.h"
#include "api/limiter/limit_request.h"
#include "base/metrics.h"
#include "base/result.h"
#include "base/task.h"
#include "limits/rulebook.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rookery::api::limiter {

struct Plan;
struct Rules;

/// What a request may be; more is refused as an error.
struct RequestLimits {
    std::size_t descriptors_max = 100;
    std::size_t entries_max = 32;  ///< of a descriptor
    /// Different limits that requests may bring with them (Override), all together.
    std::size_t overrides_max = 256;
};

/// Decides requests by the configuration, which may be exchanged at any time without forgetting
/// what was counted. Thread-safe.
class Limiter {
public:
    /// `context` is what the rules count with; its parts and `registry` must outlive the limiter.
    /// kInvalid as Rulebook::make() says.
    [[nodiscard]] static Result<std::unique_ptr<Limiter>> make(
        Configuration configuration,
        limits::RulebookContext context,
        metrics::Registry& registry,
        RequestLimits limits
    );
    ~Limiter();
    Limiter(const Limiter&) = delete;
    Limiter& operator=(const Limiter&) = delete;

    /// From now on by these limits; what those of the same name have counted goes on.
    [[nodiscard]] Result<void> exchange(Configuration configuration);

    /// The answer, unless the shared store must be asked for it. kInvalid says what is wrong with
    /// the request.
    [[nodiscard]] std::optional<Result<Answer>> try_decide(const LimitRequest& request);
    /// The same, whatever must be asked. The request's texts must outlive it.
    [[nodiscard]] Task<Result<Answer>> decide(LimitRequest request);

    /// A thread for decisions of callers that have none to wait on; there is one from the first
    /// call on, until the limiter is destroyed.
    [[nodiscard]] Executor executor();

    [[nodiscard]] std::shared_ptr<const Rules> rules() const;
    /// How often each limit said what, and how many limits there are, in Prometheus' text form.
    [[nodiscard]] std::string expose() const;

private:
    Limiter(limits::RulebookContext context, metrics::Registry& registry, RequestLimits limits);

    [[nodiscard]] Result<void> check(const LimitRequest& request) const;
    /// The rules in force, with the limits that the request brings.
    [[nodiscard]] Result<std::shared_ptr<const Rules>> rules_for(const LimitRequest& request);
    [[nodiscard]] Result<Plan> plan(const LimitRequest& request);
    /// Puts these limits in the place of those in force; exchange_mutex_ is held.
    [[nodiscard]] Result<std::shared_ptr<const Rules>>
    put(std::shared_ptr<const Configuration> configuration, std::vector<Override> overrides);

    const limits::RulebookContext context_;
    const RequestLimits limits_;
    metrics::Counter& unmatched_;

    mutable std::mutex mutex_;            ///< held for the moment of a copy
    std::shared_ptr<const Rules> rules_;  ///< under mutex_
    std::mutex exchange_mutex_;           ///< one exchange at a time

    std::once_flag thread_begun_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor(
    )};
    std::thread thread_;
};

}  // namespace rookery::api::limiter
