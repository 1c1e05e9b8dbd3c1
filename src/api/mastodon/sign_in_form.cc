#include "api/mastodon/sign_in_form.h"

#include "api/mastodon/html_page.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::api::mastodon {

http::Response sign_in_page(const Call& call, const Visitor& visitor, const SignInForm& form) {
    std::string above;
    if (!form.reason.empty()) {
        above += fmt::format("<p>{}</p>\n", html_escape(form.reason));
    }
    if (!form.error.empty()) {
        above += fmt::format("<p class=\"error\" role=\"alert\">{}</p>\n", html_escape(form.error));
    }
    std::string below;
    if (call.api.config.registrations_open) {
        below = fmt::format(
            "<p class=\"faint\">New here? <a href=\"/auth/sign_up?return_to={}\">Make an "
            "account</a></p>",
            percent_encode(form.return_to)
        );
    }
    http::Response response = html_response(
        {.title = "Sign in · " + call.api.config.title,
         .main = fmt::format(
             R"(<h1>Sign in</h1>
{}<form method="post" action="/auth/sign_in">
{}{}<label>Name or e-mail
<input type="text" name="login" value="{}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>Password
<input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button>
</form>
{})",
             above,
             form_secret_field(visitor),
             hidden_field("return_to", form.return_to),
             html_escape(form.login),
             below
         ),
         .head = {},
         .narrow = true},
        form.status
    );
    response.header("Cache-Control", "no-store");
    keep_form_key(call, visitor, response);
    return response;
}

std::string without_force_login(std::string_view query) {
    std::string out;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (!pair.empty() && !pair.starts_with("force_login")) {
            out += out.empty() ? "" : "&";
            out += pair;
        }
    }
    return out;
}

}  // namespace rookery::api::mastodon
