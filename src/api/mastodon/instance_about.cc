#include "api/mastodon/html_page.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/rules.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

/// When this text last changed, as far as the server can know: it is part of its configuration.
Task<Result<http::Response>> dated(Call call, std::string html) {
    std::string body;
    JsonWriter(body)
        .begin_object()
        .field("updated_at", iso8601_ms(call.api.started_at_ms))
        .field("content", html)
        .end_object();
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> rules(Call call) {
    co_return http::Response::json(rules_json(call.api.config));
}

Task<Result<http::Response>> extended_description(Call call) {
    auto response = co_await dated(call, description_html(call.api.config));
    co_return response;
}

Task<Result<http::Response>> privacy_policy(Call call) {
    auto response = co_await dated(call, privacy_policy_html(call.api.config));
    co_return response;
}

/// The server has a privacy policy and rules, and no terms beside them.
Task<Result<http::Response>> terms_of_service(Call call) {
    co_return fail(ErrorCode::kNotFound, "Record not found");
}

Task<Result<http::Response>> about_page(Call call) {
    const ApiConfig& config = call.api.config;
    CO_TRY(const auto figures, co_await call.api.census.figures());
    std::string rules;
    for (const std::string& rule : config.rules) {
        rules += fmt::format("<li>{}</li>\n", html_escape(rule));
    }
    if (!rules.empty()) {
        rules = "<h2>House rules</h2>\n<ol>\n" + rules + "</ol>\n";
    }
    std::string contact;
    if (!config.contact_email.empty()) {
        contact = fmt::format(
            "<h2>Contact</h2>\n<p><a href=\"mailto:{0}\">{0}</a></p>\n",
            html_escape(config.contact_email)
        );
    }
    co_return html_response(
        {.title = "About " + config.title,
         .main = fmt::format(
             "<h1>About {}</h1>\n{}\n<p class=\"faint\">{} people, {} posts · runs "
             "Rookery</p>\n{}{}"
             "<p><a href=\"/privacy-policy\">Privacy policy</a></p>",
             html_escape(config.title),
             description_html(config),
             figures->accounts,
             figures->posts,
             rules,
             contact
         ),
         .head = {}}
    );
}

Task<Result<http::Response>> privacy_page(Call call) {
    co_return html_response(
        {.title = "Privacy policy · " + call.api.config.title,
         .main = "<h1>Privacy policy</h1>\n" + privacy_policy_html(call.api.config),
         .head = {}}
    );
}

Task<Result<http::Response>> health(Call call) {
    co_return http::Response::text("OK");
}

/// Public pages may be indexed; what is behind a sign-in or changes all the time need not be asked.
Task<Result<http::Response>> robots(Call call) {
    co_return http::Response::text(
        "User-agent: *\nDisallow: /api/\nDisallow: /auth/\nDisallow: /oauth/\n"
    );
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kGeneral = RateClass::kGeneral;
constexpr auto kPage = ErrorForm::kPage;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/instance/rules", Auth::kNone, "", rules},
    {kGet, "/api/v1/instance/extended_description", Auth::kNone, "", extended_description},
    {kGet, "/api/v1/instance/privacy_policy", Auth::kNone, "", privacy_policy},
    {kGet, "/api/v1/instance/terms_of_service", Auth::kNone, "", terms_of_service},
    {kGet, "/api/v1/instance/terms_of_service/:date", Auth::kNone, "", terms_of_service},
    {kGet, "/about", Auth::kNone, "", about_page, kGeneral, kPage},
    {kGet, "/privacy-policy", Auth::kNone, "", privacy_page, kGeneral, kPage},
    {kGet, "/health", Auth::kNone, "", health},
    {kGet, "/robots.txt", Auth::kNone, "", robots},
};

}  // namespace

Routes instance_about_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
