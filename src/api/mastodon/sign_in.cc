#include "api/mastodon/gate.h"
#include "api/mastodon/html_page.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/sign_in_form.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> show_sign_in(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    SignInForm form;
    form.return_to = local_path_or_root(call.params().get_or("return_to", "/"));
    co_return sign_in_page(call, visitor, form);
}

Task<Result<http::Response>> sign_in(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    CO_CHECK(check_form_secret(call, visitor));
    SignInForm form;
    form.return_to = local_path_or_root(call.params().get_or("return_to", "/"));
    form.login = trim_ascii(call.params().get_or("login", ""));
    CO_TRY(const RateVerdict verdict, co_await count_sign_in(call, form.login));
    if (!verdict.allowed) {
        form.error = "Too many attempts. Wait a few minutes and try again.";
        form.status = 429;
        http::Response page = sign_in_page(call, visitor, form);
        verdict.add_headers(page);
        co_return page;
    }
    auto account = co_await call.services().accounts.check_password(
        form.login, std::string(call.params().get_or("password", ""))
    );
    if (!account) {
        switch (account.error().code) {
            case ErrorCode::kUnauthenticated:
                form.error = "The name or the password is wrong.";
                form.status = 422;
                break;
            case ErrorCode::kForbidden:
                form.error = "This account is suspended.";
                form.status = 403;
                break;
            default:
                co_return std::move(account).error();
        }
        co_return sign_in_page(call, visitor, form);
    }
    auto response = co_await open_browser_session(
        call, std::move(*account), http::Response::redirect(form.return_to, 303)
    );
    co_return response;
}

Task<Result<http::Response>> show_sign_out(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in()) {
        co_return http::Response::redirect("/", 303);
    }
    co_return html_response(
        {.title = "Sign out",
         .main = fmt::format(
             "<h1>Sign out?</h1>\n<p>You are signed in here as <strong>@{}</strong>. Your apps "
             "stay "
             "connected.</p>\n<form method=\"post\" action=\"/auth/sign_out\">\n{}<button "
             "type=\"submit\">Sign out</button>\n</form>",
             html_escape(visitor.account->username),
             form_secret_field(visitor)
         ),
         .head = {},
         .narrow = true}
    );
}

Task<Result<http::Response>> sign_out(Call call) {
    CO_TRY(auto visitor, co_await visitor_of(call));
    if (visitor.signed_in()) {
        CO_CHECK(check_form_secret(call, visitor));
    }
    auto response = co_await close_browser_session(
        call, std::move(visitor), http::Response::redirect("/", 303)
    );
    co_return response;
}

std::string session_row(const Visitor& visitor, const social::Session& session) {
    const bool is_this = session.token_id == visitor.session->token_id;
    return fmt::format(
        R"(<li class="card"><div><strong>{}</strong>{}<br>
<span class="faint">since {} from {}<br>{}may: {}</span></div>
<form method="post" action="/auth/sessions/{}/revoke">
{}<button type="submit" class="quiet">End</button></form></li>
)",
        html_escape(session.app_name.empty() ? "Unnamed app" : session.app_name),
        is_this ? " (this browser)" : "",
        iso8601_date(session.created_at_ms),
        html_escape(session.ip.empty() ? "an unknown address" : session.ip),
        session.user_agent.empty() ? "" : html_escape(session.user_agent) + "<br>",
        html_escape(session.scopes.empty() ? "use these pages" : session.scopes),
        to_string(session.token_id),
        form_secret_field(visitor)
    );
}

Task<Result<http::Response>> show_sessions(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in()) {
        co_return http::Response::redirect("/auth/sign_in?return_to=%2Fauth%2Fsessions", 303);
    }
    CO_TRY(const auto sessions, co_await call.services().sessions.list(visitor.account->id));
    std::string rows;
    for (const social::SessionPtr& session : sessions) {
        rows += session_row(visitor, *session);
    }
    http::Response response = html_response(
        {.title = "Your sessions",
         .main = fmt::format(
             "<h1>Where you are signed in</h1>\n<p>Signed in as <strong>@{}</strong> · <a "
             "href=\"/auth/sign_out\">sign out</a></p>\n<ul class=\"cards\">\n{}</ul>",
             html_escape(visitor.account->username),
             rows
         ),
         .head = {}}
    );
    response.header("Cache-Control", "no-store");
    co_return response;
}

Task<Result<http::Response>> revoke_session(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in()) {
        co_return fail(ErrorCode::kForbidden, "You are not signed in any more.");
    }
    CO_CHECK(check_form_secret(call, visitor));
    CO_TRY(const auto id, call.path_id<TokenId>());
    CO_CHECK(co_await call.services().sessions.revoke_by_id(visitor.account->id, id));
    co_return http::Response::redirect("/auth/sessions", 303);
}

constexpr auto kPage = ErrorForm::kPage;
constexpr auto kGeneral = RateClass::kGeneral;
constexpr Route kRoutes[] = {
    {http::Method::kGet, "/auth/sign_in", Auth::kNone, "", show_sign_in, kGeneral, kPage},
    {http::Method::kPost, "/auth/sign_in", Auth::kNone, "", sign_in, kGeneral, kPage},
    {http::Method::kGet, "/auth/sign_out", Auth::kNone, "", show_sign_out, kGeneral, kPage},
    {http::Method::kPost, "/auth/sign_out", Auth::kNone, "", sign_out, kGeneral, kPage},
    {http::Method::kGet, "/auth/sessions", Auth::kNone, "", show_sessions, kGeneral, kPage},
    {http::Method::kPost,
     "/auth/sessions/:id/revoke",
     Auth::kNone,
     "",
     revoke_session,
     kGeneral,
     kPage},
};

}  // namespace

Routes sign_in_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
