#include "api/mastodon/web_session.h"

#include "api/mastodon/html_page.h"
#include "base/encoding.h"
#include "base/random.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kSessionCookie = "rookery_session";
constexpr std::string_view kFormCookie = "rookery_form";
constexpr std::string_view kFormField = "form_secret";
constexpr int kSessionSeconds = 90 * 24 * 3600;
constexpr std::size_t kUserAgentBytesMax = 300;

void set_cookie(
    const Call& call,
    std::string_view name,
    std::string_view value,
    std::optional<int> max_age_seconds,
    http::Response& response
) {
    std::string cookie =
        std::string(name) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
    if (max_age_seconds) {
        cookie += "; Max-Age=" + std::to_string(*max_age_seconds);
    }
    if (call.api.config.https()) {
        cookie += "; Secure";
    }
    response.header("Set-Cookie", std::move(cookie));
}

}  // namespace

Task<Result<Visitor>> visitor_of(Call call) {
    Visitor visitor;
    visitor.form_key = call.request->cookie(kFormCookie).value_or("");
    if (visitor.form_key.size() < 20 || visitor.form_key.size() > 100) {
        visitor.form_key = secure_random_token(24);
        visitor.has_form_cookie = false;
    }
    const auto token = call.request->cookie(kSessionCookie);
    if (!token || token->empty()) {
        co_return visitor;
    }
    auto session = co_await call.services().sessions.authenticate(std::string(*token));
    if (!session) {
        if (session.error().code == ErrorCode::kUnauthenticated) {
            co_return visitor;
        }
        co_return std::move(session).error();
    }
    if ((*session)->client_id != kBrowserClient) {
        co_return visitor;
    }
    CO_TRY(auto account, co_await call.services().accounts.find((*session)->account));
    if (!account->suspended) {
        visitor.session_token = *token;
        visitor.session = std::move(*session);
        visitor.account = std::move(account);
    }
    co_return visitor;
}

std::string form_secret(const Visitor& visitor) {
    return hex_encode(sha256("form\n" + visitor.form_key + "\n" + visitor.session_token));
}

std::string form_secret_field(const Visitor& visitor) {
    return hidden_field(kFormField, form_secret(visitor));
}

Result<void> check_form_secret(const Call& call, const Visitor& visitor) {
    if (!visitor.has_form_cookie ||
        !equal_constant_time(call.params().get_or(kFormField, ""), form_secret(visitor))) {
        return fail(
            ErrorCode::kForbidden,
            "This form is out of date, or cookies are off. Go back, reload the page and try again."
        );
    }
    return {};
}

void keep_form_key(const Call& call, const Visitor& visitor, http::Response& response) {
    if (!visitor.has_form_cookie) {
        set_cookie(call, kFormCookie, visitor.form_key, std::nullopt, response);
    }
}

Task<Result<http::Response>>
open_browser_session(Call call, social::AccountPtr account, http::Response response) {
    social::Session session;
    session.account = account->id;
    session.client_id = kBrowserClient;
    session.app_name = "Web browser";
    session.ip = call.request->remote_address;
    session.user_agent =
        call.request->header("user-agent").value_or("").substr(0, kUserAgentBytesMax);
    CO_TRY(const auto issued, co_await call.services().sessions.issue(std::move(session)));
    set_cookie(call, kSessionCookie, issued.token, kSessionSeconds, response);
    co_return response;
}

Task<Result<http::Response>>
close_browser_session(Call call, Visitor visitor, http::Response response) {
    if (visitor.signed_in()) {
        CO_CHECK(co_await call.services().sessions.revoke_by_id(
            visitor.account->id, visitor.session->token_id
        ));
    }
    set_cookie(call, kSessionCookie, "", 0, response);
    co_return response;
}

std::string local_path_or_root(std::string_view path) {
    const bool local =
        path.starts_with('/') && !path.starts_with("//") && std::ranges::none_of(path, [](char c) {
            return static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == 127;
        });
    return local ? std::string(path) : "/";
}

}  // namespace rookery::api::mastodon
