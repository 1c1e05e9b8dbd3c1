#include "api/mastodon/html_page.h"
#include "api/mastodon/oauth.h"
#include "api/mastodon/oauth_consent.h"
#include "api/mastodon/redirect_uri.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/sign_in_form.h"
#include "api/mastodon/web_client.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr UnixMs kGrantMs = 600'000;

void check_request(const http::Params& params, Authorization& request) {
    const std::string_view method = params.get_or("code_challenge_method", "");
    if (params.get_or("response_type", "") != "code") {
        request.error = "unsupported_response_type";
        request.error_description = "The authorization server does not support this response type.";
    } else if (!social::scopes_known(request.scopes) ||
               !social::scopes_within(request.scopes, request.app.scopes)) {
        request.error = "invalid_scope";
        request.error_description = "The requested scope is invalid, unknown, or malformed.";
    } else if ((!request.code_challenge.empty() || !method.empty()) &&
               (method != "S256" || !is_key_text(request.code_challenge))) {
        request.error = "invalid_request";
        request.error_description = "The code_challenge_method must be S256.";
    } else if (is_web_client(request.app) && request.code_challenge.empty()) {
        request.error = "invalid_request";
        request.error_description = "This client has no secret: a code_challenge is required.";
    }
}

Task<Result<Authorization>> parse_authorization(Call call) {
    const http::Params& params = call.params();
    Authorization request;
    auto app = co_await find_client(call, std::string(params.get_or("client_id", "")));
    if (!app) {
        if (app.error().code == ErrorCode::kNotFound) {
            co_return fail(
                ErrorCode::kInvalid,
                "The app that sent you here is not known to this server (unknown client_id)."
            );
        }
        co_return std::move(app).error();
    }
    request.app = std::move(*app);
    request.redirect_uri = params.get_or("redirect_uri", "");
    if (std::ranges::find(request.app.redirect_uris, request.redirect_uri) ==
        request.app.redirect_uris.end()) {
        co_return fail(
            ErrorCode::kInvalid,
            "The requested redirect uri is malformed or doesn't match client redirect URI."
        );
    }
    request.state = params.get_or("state", "");
    request.code_challenge = params.get_or("code_challenge", "");
    request.scopes = params.get_or("scope", "");
    if (request.scopes.empty()) {
        request.scopes = "read";
    }
    check_request(params, request);
    co_return request;
}

/// Back to the client with `parameters`, and the state where there is one.
http::Response back_to_client(const Authorization& request, std::string parameters) {
    if (!request.state.empty()) {
        parameters += "&state=" + percent_encode(request.state);
    }
    http::Response response =
        http::Response::redirect(with_query(request.redirect_uri, parameters), 302);
    response.header("Cache-Control", "no-store");
    return response;
}

http::Response
refuse(const Authorization& request, std::string_view error, std::string_view description) {
    if (request.redirect_uri == kOutOfBandUri) {
        return message_page("Not authorized", description, error == "access_denied" ? 200 : 400);
    }
    return back_to_client(
        request, fmt::format("error={}&error_description={}", error, percent_encode(description))
    );
}

/// The code, sent back to the client or shown.
Task<Result<http::Response>> grant_code(Call call, Visitor visitor, Authorization request) {
    social::Grant grant;
    grant.client_id = request.app.client_id;
    grant.account = visitor.account->id;
    grant.redirect_uri = request.redirect_uri;
    grant.scopes = request.scopes;
    grant.code_challenge = request.code_challenge;
    grant.expires_at_ms = call.api.now_ms() + kGrantMs;
    CO_TRY(const auto code, co_await call.services().sessions.grant(std::move(grant)));
    if (request.redirect_uri == kOutOfBandUri) {
        http::Response response =
            http::Response::redirect("/oauth/authorize/native?code=" + percent_encode(code), 302);
        response.header("Cache-Control", "no-store");
        co_return response;
    }
    co_return back_to_client(request, "code=" + percent_encode(code));
}

Task<Result<http::Response>> ask(Call call) {
    CO_TRY(auto request, co_await parse_authorization(call));
    if (!request.error.empty()) {
        co_return refuse(request, request.error, request.error_description);
    }
    CO_TRY(auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in() || call.params().get_bool("force_login").value_or(false)) {
        SignInForm form;
        form.return_to = "/oauth/authorize?" + without_force_login(call.request->query);
        form.reason = "Sign in to go on to " + request.app.name + ".";
        co_return sign_in_page(call, visitor, form);
    }
    if (is_web_client(request.app)) {
        // It is this server itself: there is nobody else to trust. The code goes to our own pages
        // only, and without the verifier that they keep it is worth nothing.
        auto granted = co_await grant_code(call, std::move(visitor), std::move(request));
        co_return granted;
    }
    co_return consent_page(call, visitor, request);
}

Task<Result<http::Response>> decide(Call call) {
    CO_TRY(auto request, co_await parse_authorization(call));
    if (!request.error.empty()) {
        co_return refuse(request, request.error, request.error_description);
    }
    CO_TRY(auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in()) {
        co_return fail(
            ErrorCode::kForbidden,
            "You are not signed in any more. Go back to the app and begin again."
        );
    }
    CO_CHECK(check_form_secret(call, visitor));
    if (call.params().get_or("decision", "") != "allow") {
        co_return refuse(
            request,
            "access_denied",
            "The resource owner or authorization server denied the request."
        );
    }
    auto granted = co_await grant_code(call, std::move(visitor), std::move(request));
    co_return granted;
}

Task<Result<http::Response>> show_code(Call call) {
    const std::string_view code = call.params().get_or("code", "");
    if (code.empty()) {
        co_return fail(ErrorCode::kInvalid, "There is no code in this address.");
    }
    http::Response response = html_response(
        {.title = "Authorization code",
         .main = fmt::format(
             "<h1>Almost done</h1>\n<p>Copy this code and paste it into the app:</p>\n"
             "<p><input class=\"code\" type=\"text\" readonly value=\"{}\" "
             "aria-label=\"Authorization "
             "code\"></p>\n<p class=\"faint\">It works once, for ten minutes.</p>",
             html_escape(code)
         ),
         .head = {},
         .narrow = true}
    );
    response.header("Cache-Control", "no-store");
    co_return response;
}

constexpr Route kRoutes[] = {
    {http::Method::kGet,
     "/oauth/authorize",
     Auth::kNone,
     "",
     ask,
     RateClass::kGeneral,
     ErrorForm::kPage},
    {http::Method::kPost,
     "/oauth/authorize",
     Auth::kNone,
     "",
     decide,
     RateClass::kGeneral,
     ErrorForm::kPage},
    {http::Method::kGet,
     "/oauth/authorize/native",
     Auth::kNone,
     "",
     show_code,
     RateClass::kGeneral,
     ErrorForm::kPage},
};

}  // namespace

Routes oauth_authorize_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
