#include "api/mastodon/oauth_consent.h"

#include "api/mastodon/html_page.h"
#include "api/mastodon/redirect_uri.h"
#include "api/mastodon/sign_in_form.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace rookery::api::mastodon {

namespace {

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
                fmt::format("<li>{} <code>{}</code></li>\n", meaning_of(word), html_escape(word));
        }
        scopes.remove_prefix(std::min(scopes.size(), word.size() + 1));
    }
    return html + "</ul>\n";
}

}  // namespace

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

}  // namespace rookery::api::mastodon
