#include "app/operations_routes.h"

#include "api/mastodon/errors.h"
#include "base/encoding.h"
#include "social/tables.h"

#include <string_view>
#include <utility>

namespace rookery::app {

namespace {

using http::RequestPtr;
using http::Response;

Task<Response> answer_live() {
    co_return Response::json(R"({"status":"ok"})");
}

Task<Response> answer_ready(Core* core, const std::atomic<Readiness>* readiness) {
    if (readiness->load() != Readiness::kReady) {
        co_return Response::json(
            readiness->load() == Readiness::kStarting ? R"({"status":"starting"})"
                                                      : R"({"status":"stopping"})",
            503
        );
    }
    const auto row = co_await core->store.get({social::tables::kSettings, "", "last_use_ms"});
    if (!row) {
        co_return Response::json(R"({"status":"the store does not answer"})", 503);
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
    router.add(http::Method::kGet, "/health/live", [](RequestPtr) { return answer_live(); });
    router.add(http::Method::kGet, "/health/ready", [&core, &readiness](RequestPtr) {
        return answer_ready(&core, &readiness);
    });
    router.add(http::Method::kGet, "/metrics", [&core, &metrics_token](RequestPtr request) {
        return answer_metrics(&core, &metrics_token, std::move(request));
    });
}

}  // namespace rookery::app
