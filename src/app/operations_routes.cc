#include "app/operations_routes.h"

#include "app/metrics_route.h"

#include <memory>
#include <string_view>
#include <utility>

namespace rookery::app {

namespace {

using http::RequestPtr;
using http::Response;

Task<Response> answer_live() {
    co_return Response::json(R"({"status":"ok"})");
}

/// Whether the store takes writes, tried at most once a second: a disk that failed still answers
/// what is in memory.
class StoreProbe {
public:
    explicit StoreProbe(Core& core) : core_(core) {}

    Task<bool> passes() {
        const UnixMs now_ms = core_.clock.now_ms();
        UnixMs tried_ms = tried_ms_.load();
        const bool is_due = now_ms < tried_ms || now_ms - tried_ms >= 1000;
        if (is_due && tried_ms_.compare_exchange_strong(tried_ms, now_ms)) {
            const auto written = co_await core_.remember_time();
            passed_ = written.has_value();
        }
        co_return passed_;
    }

private:
    Core& core_;
    std::atomic<UnixMs> tried_ms_{0};
    std::atomic<bool> passed_{true};
};

Task<Response>
answer_ready(std::shared_ptr<StoreProbe> probe, const std::atomic<Readiness>* readiness) {
    if (readiness->load() != Readiness::kReady) {
        co_return Response::json(
            readiness->load() == Readiness::kStarting ? R"({"status":"starting"})"
                                                      : R"({"status":"stopping"})",
            503
        );
    }
    const bool store_writes = co_await probe->passes();
    if (!store_writes) {
        co_return Response::json(R"({"status":"the store takes no writes"})", 503);
    }
    co_return Response::json(R"({"status":"ok"})");
}

}  // namespace

void add_operations_routes(
    http::Router& router,
    Core& core,
    const std::atomic<Readiness>& readiness,
    const std::string& metrics_token
) {
    router.add(http::Method::kGet, "/health/live", [](const RequestPtr&) { return answer_live(); });
    auto probe = std::make_shared<StoreProbe>(core);
    router.add(http::Method::kGet, "/health/ready", [probe, &readiness](const RequestPtr&) {
        return answer_ready(probe, &readiness);
    });
    add_metrics_route(router, core.metrics, metrics_token);
}

}  // namespace rookery::app
