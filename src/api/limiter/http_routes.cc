#include "api/limiter/http_routes.h"

#include "api/limiter/batch.h"
#include "api/limiter/get_request.h"
#include "api/limiter/json_answer.h"
#include "api/limiter/json_request.h"
#include "api/limiter/rls_messages.h"
#include "api/limiter/rules.h"
#include "base/json_writer.h"
#include "http/status.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::api::limiter {

namespace {

using http::RequestPtr;
using http::Response;

/// What the handlers share.
struct Desk {
    Desk(Limiter& decider, metrics::Registry& registry)
        : limiter(decider),
          seconds(registry.histogram(
              "rookery_limiter_request_seconds",
              "Time from a whole request to its decision, by protocol.",
              {{"protocol", "http"}}
          )),
          failed(registry.counter(
              "rookery_limiter_requests_failed_total",
              "Requests that could not be decided because they are wrong, by protocol.",
              {{"protocol", "http"}}
          )) {}

    Limiter& limiter;
    metrics::Histogram& seconds;
    metrics::Counter& failed;

    Response refuse(const Error& error) const {
        failed.add();
        return Response::json(
            http::error_body(error.message), error.code == ErrorCode::kTooLarge ? 413 : 400
        );
    }
};

class Stopwatch {
public:
    explicit Stopwatch(metrics::Histogram& histogram) : histogram_(histogram) {}
    void stop() const {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
        histogram_.observe_seconds(passed.count());
    }

private:
    metrics::Histogram& histogram_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

void add_fields(const Answer& answer, Response& response) {
    for (auto& [name, value] : header_fields(answer)) {
        response.header(std::move(name), std::move(value));
    }
    response.header("Cache-Control", "no-store");
}

Response answer_batch(const Desk& desk, const std::vector<Result<Answer>>& answers) {
    std::string body;
    JsonWriter out(body);
    out.begin_array();
    for (const Result<Answer>& answer : answers) {
        if (answer) {
            write_answer(*answer, out);
        } else {
            desk.failed.add();
            out.begin_object().field("error", answer.error().message).end_object();
        }
    }
    out.end_array();
    Response response = Response::json(std::move(body));
    response.header("Cache-Control", "no-store");
    return response;
}

Task<Response> take_by_post(const Desk* desk, RequestPtr sent) {
    const Stopwatch watch(desk->seconds);
    const auto body = JsonRequest::parse(sent->body);
    if (!body) {
        co_return desk->refuse(body.error());
    }
    const auto answers = co_await decide_batch(&desk->limiter, &(*body)->requests());
    if ((*body)->is_batch()) {
        Response response = answer_batch(*desk, answers);
        watch.stop();
        co_return response;
    }
    const Result<Answer>& answer = answers.front();
    if (!answer) {
        co_return desk->refuse(answer.error());
    }
    std::string text;
    JsonWriter out(text);
    write_answer(*answer, out);
    Response response = Response::json(std::move(text), answer->allowed ? 200 : 429);
    add_fields(*answer, response);
    watch.stop();
    co_return response;
}

Task<Response> take_by_get(const Desk* desk, RequestPtr sent) {
    const Stopwatch watch(desk->seconds);
    auto read = read_get_request(*sent);
    if (!read) {
        co_return desk->refuse(read.error());
    }
    auto decided = desk->limiter.try_decide(read->request);
    if (!decided) {
        decided = co_await desk->limiter.decide(read->request);
    }
    const Result<Answer>& answer = *decided;
    if (!answer) {
        co_return desk->refuse(answer.error());
    }
    std::string text;
    JsonWriter out(text);
    write_answer(*answer, out);
    Response response =
        Response::json(std::move(text), answer->allowed ? 200 : read->refused_status);
    add_fields(*answer, response);
    watch.stop();
    co_return response;
}

Task<Response> take_by_message(const Desk* desk, RequestPtr sent) {
    const Stopwatch watch(desk->seconds);
    const auto message = message_from_json(sent->body);
    if (!message) {
        co_return desk->refuse(message.error());
    }
    const LimitRequest request = from_message(*message);
    auto decided = desk->limiter.try_decide(request);
    if (!decided) {
        decided = co_await desk->limiter.decide(request);
    }
    const Result<Answer>& answer = *decided;
    if (!answer) {
        co_return desk->refuse(answer.error());
    }
    envoy::service::ratelimit::v3::RateLimitResponse answered;
    fill_message(*answer, false, answered);
    Response response = Response::json(json_from_message(answered), answer->allowed ? 200 : 429);
    add_fields(*answer, response);
    watch.stop();
    co_return response;
}

std::string_view kind_of(const RateLimit& limit) {
    switch (limit.kind) {
        case RateLimit::Kind::kUnlimited:
            return "unlimited";
        case RateLimit::Kind::kClosed:
            return "closed";
        case RateLimit::Kind::kCounted:
            break;
    }
    return limits::name_of(limit.rule.algorithm);
}

Task<Response> list_limits(const Desk* desk) {
    const auto rules = desk->limiter.rules();
    std::string body;
    JsonWriter out(body);
    out.begin_array();
    for (const RateLimit& limit : rules->configuration->limits()) {
        out.begin_object()
            .field("domain", limit.domain)
            .field("rule", limit.path)
            .field("name", limit.name)
            .field("algorithm", kind_of(limit))
            .field("shadow", limit.shadow);
        if (limit.kind == RateLimit::Kind::kCounted) {
            out.field("limit", limit.requests_per_unit)
                .field("period_ms", milliseconds_up(limit.rule.quota.period))
                .field("burst", limit.rule.quota.burst)
                .field("reach", limits::name_of(limit.rule.reach));
        }
        out.end_object();
    }
    out.end_array();
    co_return Response::json(std::move(body));
}

}  // namespace

void add_limiter_routes(http::Router& router, Limiter& limiter, metrics::Registry& registry) {
    const auto desk = std::make_shared<const Desk>(limiter, registry);
    using http::Method;
    router.add(Method::kPost, "/v1/take", [desk](RequestPtr request) {
        return take_by_post(desk.get(), std::move(request));
    });
    router.add(Method::kGet, "/v1/take", [desk](RequestPtr request) {
        return take_by_get(desk.get(), std::move(request));
    });
    router.add(Method::kPost, "/json", [desk](RequestPtr request) {
        return take_by_message(desk.get(), std::move(request));
    });
    router.add(Method::kGet, "/v1/limits", [desk](const RequestPtr&) {
        return list_limits(desk.get());
    });
}

}  // namespace rookery::api::limiter
