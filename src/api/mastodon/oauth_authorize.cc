#include "api/mastodon/html_page.h"
#include "api/mastodon/oauth.h"
#include "api/mastodon/redirect_uri.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/sign_in_form.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr UnixMs kGrantMs = 600'000;

/// An authorization request whose client and redirect URI are known to be right, so that the
/// outcome may be told to the client (RFC 6749, section 4.1.2.1).
struct Authorization {
    social::App app;
    std::string redirect_uri;
    std::string scopes;
    std::string state;
    std::string code_challenge;
    /// Not empty: what to tell the client instead of asking the person.
    std::string error;
    std::string error_description;
};

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
    }
}

Task<Result<Authorization>> parse_authorization(Call call) {
    const http::Params& params = call.params();
    Authorization request;
    auto app =
        co_await call.services().sessions.find_app(std::string(params.get_or("client_id", "")));
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

std::string_view meaning_of(std::string_view scope) {
    struct Meaning {
        std::string_view scope;
        std::string_view text;
    };
    static constexpr Meaning kMeanings[] = {
        {"read", "Read everything in your account"},
        {"write", "Post and change things in your name"},
        {"follow", "See and change whom you follow, mute and block"},
        {"push", "Send you notifications"},
        {"profile", "See your name and picture"},
    };
    for (const Meaning& meaning : kMeanings) {
        if (meaning.scope == scope) {
            return meaning.text;
        }
    }
    if (scope.starts_with("read:")) {
        return "Read this part of your account";
    }
    if (scope.starts_with("write:")) {
        return "Change this part of your account";
    }
    return "Operate the server, as far as you may";
}

std::string scope_list(std::string_view scopes) {
    std::string html = "<ul class=\"scopes\">\n";
    while (!scopes.empty()) {
        const std::string_view word = scopes.substr(0, scopes.find(' '));
        if (!word.empty()) {
            html +=
                fmt::format("<li><code>{}</code> {}</li>\n", html_escape(word), meaning_of(word));
        }
        scopes.remove_prefix(std::min(scopes.size(), word.size() + 1));
    }
    return html + "</ul>\n";
}

http::Response
consent_page(const Call& call, const Visitor& visitor, const Authorization& request) {
    std::string hidden = form_secret_field(visitor);
    for (const std::string_view name :
         {"response_type",
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "code_challenge",
          "code_challenge_method"}) {
        if (const auto value = call.params().get(name)) {
            hidden += hidden_field(name, *value);
        }
    }
    const std::string name = html_escape(request.app.name);
    const std::string website =
        is_web_url(request.app.website)
            ? fmt::format(
                  "<p class=\"faint\">The app says its home is <a href=\"{0}\" rel=\"noopener "
                  "noreferrer\">{0}</a></p>\n",
                  html_escape(request.app.website)
              )
            : "";
    http::Response response = html_response(
        {.title = "Authorize " + request.app.name,
         .main = fmt::format(
             R"(<h1>Let <em>{}</em> use your account?</h1>
{}<p>You are signed in as <strong>@{}</strong>. The app would be able to:</p>
{}<form method="post" action="/oauth/authorize">
{}<div class="buttons">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" class="quiet">Deny</button>
</div>
</form>
<p class="faint"><a href="/auth/sign_in?return_to={}">Sign in as somebody else</a></p>)",
             name,
             website,
             html_escape(visitor.account->username),
             scope_list(request.scopes),
             hidden,
             percent_encode("/oauth/authorize?" + without_force_login(call.request->query))
         ),
         .head = {},
         .narrow = true}
    );
    response.header("Cache-Control", "no-store");
    keep_form_key(call, visitor, response);
    return response;
}

Task<Result<http::Response>> ask(Call call) {
    CO_TRY(const auto request, co_await parse_authorization(call));
    if (!request.error.empty()) {
        co_return refuse(request, request.error, request.error_description);
    }
    CO_TRY(const auto visitor, co_await visitor_of(call));
    if (!visitor.signed_in() || call.params().get_bool("force_login").value_or(false)) {
        SignInForm form;
        form.return_to = "/oauth/authorize?" + without_force_login(call.request->query);
        form.reason = "Sign in to go on to " + request.app.name + ".";
        co_return sign_in_page(call, visitor, form);
    }
    co_return consent_page(call, visitor, request);
}

Task<Result<http::Response>> decide(Call call) {
    CO_TRY(const auto request, co_await parse_authorization(call));
    if (!request.error.empty()) {
        co_return refuse(request, request.error, request.error_description);
    }
    CO_TRY(const auto visitor, co_await visitor_of(call));
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
