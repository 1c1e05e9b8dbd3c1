#include "app/metrics_route.h"

#include "base/encoding.h"
#include "http/status.h"

#include <memory>
#include <string_view>
#include <utility>

namespace rookery::app {

namespace {

using http::RequestPtr;
using http::Response;

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

/// What the route needs.
struct Exposition {
    const metrics::Registry& registry;
    const std::string& token;
    std::function<std::string()> more;
};

Task<Response> answer_metrics(std::shared_ptr<const Exposition> exposition, RequestPtr request) {
    if (!may_read_metrics(*request, exposition->token)) {
        co_return Response::json(
            http::error_body("Metrics are for the operator of this server"), 403
        );
    }
    std::string text = exposition->registry.expose();
    if (exposition->more) {
        text += exposition->more();
    }
    Response response = Response::text(std::move(text));
    for (auto& [name, value] : response.headers) {
        if (ascii_iequals(name, "content-type")) {
            value = "text/plain; version=0.0.4; charset=utf-8";
        }
    }
    co_return response;
}

}  // namespace

void add_metrics_route(
    http::Router& router,
    const metrics::Registry& registry,
    const std::string& token,
    std::function<std::string()> more
) {
    auto exposition =
        std::make_shared<const Exposition>(Exposition{registry, token, std::move(more)});
    router.add(http::Method::kGet, "/metrics", [exposition](RequestPtr request) {
        return answer_metrics(exposition, std::move(request));
    });
}

}  // namespace rookery::app
