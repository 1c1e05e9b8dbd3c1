#include "api/mastodon/errors.h"
#include "api/mastodon/gate.h"
#include "api/mastodon/oauth.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/web_client.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <utility>

namespace rookery::api::mastodon {

namespace {

http::Response invalid_client() {
    http::Response response = oauth_error(
        401,
        "invalid_client",
        "Client authentication failed due to unknown client, no client authentication included, or "
        "unsupported authentication method."
    );
    response.header("WWW-Authenticate", R"(Basic realm="Rookery")");
    return response;
}

http::Response invalid_grant() {
    return oauth_error(
        400,
        "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the "
        "redirection URI used in the authorization request, or was issued to another client."
    );
}

http::Response invalid_scope() {
    return oauth_error(
        400, "invalid_scope", "The requested scope is invalid, unknown, or malformed."
    );
}

Task<Result<http::Response>> redeem_code(Call call, social::App app) {
    const http::Params& params = call.params();
    const std::string code(params.get_or("code", ""));
    if (code.empty()) {
        co_return oauth_error(400, "invalid_request", "Missing required parameter: code.");
    }
    auto grant = co_await call.services().sessions.redeem(code);
    if (!grant) {
        if (grant.error().code == ErrorCode::kNotFound) {
            co_return invalid_grant();
        }
        co_return std::move(grant).error();
    }
    if (grant->client_id != app.client_id ||
        grant->redirect_uri != params.get_or("redirect_uri", "")) {
        co_return invalid_grant();
    }
    const std::string_view verifier = params.get_or("code_verifier", "");
    // A verifier without a challenge means that somebody took the challenge out on the way.
    const bool proven = grant->code_challenge.empty() ? verifier.empty()
                                                      : proves_key(verifier, grant->code_challenge);
    if (!proven) {
        co_return invalid_grant();
    }
    auto session = new_session(call, app, grant->account, grant->scopes);
    CO_TRY(const auto issued, co_await call.services().sessions.issue(std::move(session)));
    co_return token_response(issued);
}

/// The scopes asked for, or the smallest useful one; nothing if the app may not have them.
std::optional<std::string> scopes_of(const http::Params& params, const social::App& app) {
    std::string scopes(params.get_or("scope", ""));
    if (scopes.empty()) {
        scopes = "read";
    }
    if (!social::scopes_known(scopes) || !social::scopes_within(scopes, app.scopes)) {
        return std::nullopt;
    }
    return scopes;
}

Task<Result<http::Response>> issue_for_app(Call call, social::App app) {
    auto scopes = scopes_of(call.params(), app);
    if (!scopes) {
        co_return invalid_scope();
    }
    auto session = new_session(call, app, AccountId{}, std::move(*scopes));
    CO_TRY(const auto issued, co_await call.services().sessions.issue(std::move(session)));
    co_return token_response(issued);
}

Task<Result<http::Response>> issue_for_password(Call call, social::App app) {
    const http::Params& params = call.params();
    auto scopes = scopes_of(params, app);
    if (!scopes) {
        co_return invalid_scope();
    }
    const std::string login(params.get_or("username", ""));
    CO_TRY(const RateVerdict verdict, co_await count_sign_in(call, login));
    if (!verdict.allowed) {
        const Error refusal =
            fail(ErrorCode::kRateLimited, "Too many attempts to sign in; try again later");
        http::Response response =
            error_response(refusal, ErrorForm::kOauth, call.request->request_id);
        verdict.add_headers(response);
        co_return response;
    }
    auto account = co_await call.services().accounts.check_password(
        login, std::string(params.get_or("password", ""))
    );
    if (!account) {
        const ErrorCode code = account.error().code;
        if (code == ErrorCode::kUnauthenticated || code == ErrorCode::kForbidden) {
            co_return invalid_grant();
        }
        co_return std::move(account).error();
    }
    auto session = new_session(call, app, (*account)->id, std::move(*scopes));
    CO_TRY(const auto issued, co_await call.services().sessions.issue(std::move(session)));
    co_return token_response(issued);
}

Task<Result<http::Response>> token(Call call) {
    const std::string grant_type(call.params().get_or("grant_type", ""));
    if (grant_type.empty()) {
        co_return oauth_error(400, "invalid_request", "Missing required parameter: grant_type.");
    }
    auto app = co_await authenticate_client(call);
    if (!app) {
        if (app.error().code == ErrorCode::kUnauthenticated) {
            co_return invalid_client();
        }
        co_return std::move(app).error();
    }
    if (grant_type == "authorization_code") {
        auto answer = co_await redeem_code(call, std::move(*app));
        co_return answer;
    }
    if (is_web_client(*app)) {
        co_return oauth_error(
            400,
            "unauthorized_client",
            "This client has no secret: it may use authorization codes only."
        );
    }
    if (grant_type == "client_credentials") {
        auto answer = co_await issue_for_app(call, std::move(*app));
        co_return answer;
    }
    if (grant_type == "password" && call.api.config.password_grant) {
        auto answer = co_await issue_for_password(call, std::move(*app));
        co_return answer;
    }
    co_return oauth_error(
        400,
        "unsupported_grant_type",
        "The authorization grant type is not supported by the authorization server."
    );
}

/// Who signs out of the web app means the browser: its session here ends, too, or the next one at
/// this machine would be let in unasked.
Task<Result<http::Response>> end_browser_session(Call call, AccountId owner, http::Response done) {
    CO_TRY(auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in() || visitor.account->id != owner) {
        co_return done;
    }
    auto answer = co_await close_browser_session(call, std::move(visitor), std::move(done));
    co_return answer;
}

Task<Result<http::Response>> revoke(Call call) {
    auto app = co_await authenticate_client(call);
    if (!app) {
        if (app.error().code == ErrorCode::kUnauthenticated) {
            co_return oauth_error(
                403, "unauthorized_client", "You are not authorized to revoke this token"
            );
        }
        co_return std::move(app).error();
    }
    const std::string given(call.params().get_or("token", ""));
    if (given.empty()) {
        co_return oauth_error(400, "invalid_request", "Missing required parameter: token.");
    }
    const auto session = co_await call.services().sessions.authenticate(given);
    auto revoked = co_await call.services().sessions.revoke(given, app->client_id);
    if (!revoked) {
        if (revoked.error().code == ErrorCode::kForbidden) {
            co_return oauth_error(
                403, "unauthorized_client", "You are not authorized to revoke this token"
            );
        }
        co_return std::move(revoked).error();
    }
    http::Response done = http::Response::json("{}");
    if (!session || !is_web_client(*app)) {
        co_return done;
    }
    auto answer = co_await end_browser_session(call, (*session)->account, std::move(done));
    co_return answer;
}

Task<Result<http::Response>> user_info(Call call) {
    const ApiConfig& config = call.api.config;
    const social::Account& account = *call.account;
    std::string body;
    JsonWriter(body)
        .begin_object()
        .field("iss", config.base_url + "/")
        .field("sub", account_uri(config, account))
        .field("name", account.display_name.empty() ? account.username : account.display_name)
        .field("preferred_username", account.username)
        .field("profile", account_url(config, account))
        .field("picture", avatar_url(config, account))
        .end_object();
    co_return http::Response::json(std::move(body));
}

constexpr Route kRoutes[] = {
    {http::Method::kPost,
     "/oauth/token",
     Auth::kNone,
     "",
     token,
     RateClass::kGeneral,
     ErrorForm::kOauth},
    {http::Method::kPost,
     "/oauth/revoke",
     Auth::kNone,
     "",
     revoke,
     RateClass::kGeneral,
     ErrorForm::kOauth},
    {http::Method::kGet, "/oauth/userinfo", Auth::kUser, "profile read:accounts", user_info},
    {http::Method::kPost, "/oauth/userinfo", Auth::kUser, "profile read:accounts", user_info},
};

}  // namespace

Routes oauth_token_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
