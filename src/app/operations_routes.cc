#include "app/operations_routes.h"

#include "api/mastodon/errors.h"
#include "base/encoding.h"

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

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

bool may_read_metrics(const http::Request& request, const std::string& token) {
    if (!token.empty()) {
        const auto given = request.header("authorization").value_or("");
        if (equal_constant_time(given, "Bearer " + token)) {
            return true;
        }
    }
    return is_loopback(request.remote_address) && !request.header("x-forwarded-for") &&
           !request.header("forwarded");
}

Task<Response> answer_metrics(Core* core, const std::string* token, RequestPtr request) {
    if (!may_read_metrics(*request, *token)) {
        co_return api::mastodon::json_error(403, "Metrics are for the operator of this server");
    }
    Response response = Response::text(core->metrics.expose());
    for (auto& [name, value] : response.headers) {
        if (ascii_iequals(name, "content-type")) {
            value = "text/plain; version=0.0.4; charset=utf-8";
        }
    }
    co_return response;
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
    router.add(http::Method::kGet, "/metrics", [&core, &metrics_token](RequestPtr request) {
        return answer_metrics(&core, &metrics_token, std::move(request));
    });
}

}  // namespace rookery::app
