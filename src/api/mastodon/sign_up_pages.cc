#include "api/mastodon/html_page.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/oauth.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/sign_up.h"
#include "api/mastodon/web_client.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

http::Response details_response(const std::vector<social::FieldError>& errors) {
    std::string sentences;
    for (const social::FieldError& error : errors) {
        sentences += (sentences.empty() ? "" : ", ") + sentence_of(error);
    }
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("error", "Validation failed: " + sentences)
        .key("details")
        .begin_object();
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (i == 0 || errors[i].field != errors[i - 1].field) {
            json.key(errors[i].field).begin_array();
        }
        json.begin_object()
            .field("error", errors[i].code)
            .field("description", errors[i].description)
            .end_object();
        if (i + 1 == errors.size() || errors[i + 1].field != errors[i].field) {
            json.end_array();
        }
    }
    json.end_object().end_object();
    return http::Response::json(std::move(body), 422);
}

/// Sign-up by an app: the answer is a token of the new account.
Task<Result<http::Response>> create_account(Call call) {
    CO_TRY(const auto app, co_await find_client(call, call.session->client_id));
    CO_TRY(const auto outcome, co_await sign_up(call, sign_up_of(call)));
    if (!outcome.account) {
        co_return details_response(outcome.errors);
    }
    auto session = new_session(call, app, outcome.account->id, call.session->scopes);
    CO_TRY(const auto issued, co_await call.services().sessions.issue(std::move(session)));
    co_return token_response(issued);
}

http::Response sign_up_page(
    const Call& call,
    const Visitor& visitor,
    const SignUp& form,
    const std::vector<social::FieldError>& errors,
    int status
) {
    std::string above;
    for (const social::FieldError& error : errors) {
        above += fmt::format(
            "<p class=\"error\" role=\"alert\">{}</p>\n", html_escape(sentence_of(error))
        );
    }
    std::string rules;
    for (const std::string& rule : call.api.config.rules) {
        rules += fmt::format("<li>{}</li>\n", html_escape(rule));
    }
    if (!rules.empty()) {
        rules = "<h2>House rules</h2>\n<ol>\n" + rules + "</ol>\n";
    }
    const std::string return_to = local_path_or_root(call.params().get_or("return_to", "/"));
    http::Response response = html_response(
        {.title = "Make an account · " + call.api.config.title,
         .main = fmt::format(
             R"(<h1>Make an account</h1>
{}<form method="post" action="/auth/sign_up">
{}{}<label>Name <span class="faint">letters, digits and _; people find you as @name</span>
<input type="text" name="username" value="{}" maxlength="30" pattern="[A-Za-z0-9_]+" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
<label>E-mail
<input type="email" name="email" value="{}" autocomplete="email" required></label>
<label>Password <span class="faint">at least 8 characters</span>
<input type="password" name="password" minlength="8" autocomplete="new-password" required></label>
{}<label class="check"><input type="checkbox" name="agreement" value="1" required><span>I agree to {}the <a href="/privacy-policy">privacy policy</a></span></label>
<button type="submit">Make account</button>
</form>
<p class="faint">Been here before? <a href="/auth/sign_in?return_to={}">Sign in</a></p>)",
             above,
             form_secret_field(visitor),
             hidden_field("return_to", return_to),
             html_escape(form.username),
             html_escape(form.email),
             rules,
             rules.empty() ? "" : "the rules and ",
             percent_encode(return_to)
         ),
         .head = {},
         .narrow = true},
        status
    );
    response.header("Cache-Control", "no-store");
    keep_form_key(call, visitor, response);
    return response;
}

Task<Result<http::Response>> show_sign_up(Call call) {
    if (!call.api.config.registrations_open) {
        co_return fail(ErrorCode::kForbidden, "Registrations are currently not open");
    }
    CO_TRY(const auto visitor, co_await visitor_of(call));
    co_return sign_up_page(call, visitor, {}, {}, 200);
}

Task<Result<http::Response>> submit_sign_up(Call call) {
    CO_TRY(const auto visitor, co_await visitor_of(call));
    CO_CHECK(check_form_secret(call, visitor));
    const SignUp form = sign_up_of(call);
    CO_TRY(const auto outcome, co_await sign_up(call, form));
    if (!outcome.account) {
        co_return sign_up_page(call, visitor, form, outcome.errors, 422);
    }
    const std::string return_to = local_path_or_root(call.params().get_or("return_to", "/"));
    auto response = co_await open_browser_session(
        call, outcome.account, http::Response::redirect(return_to, 303)
    );
    co_return response;
}

constexpr auto kPage = ErrorForm::kPage;
constexpr auto kGeneral = RateClass::kGeneral;
constexpr auto kSignUp = RateClass::kSignUp;
constexpr Route kRoutes[] = {
    {http::Method::kPost, "/api/v1/accounts", Auth::kApp, "write:accounts", create_account, kSignUp
    },
    {http::Method::kGet, "/auth/sign_up", Auth::kNone, "", show_sign_up, kGeneral, kPage},
    {http::Method::kPost, "/auth/sign_up", Auth::kNone, "", submit_sign_up, kSignUp, kPage},
};

}  // namespace

Routes sign_up_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
