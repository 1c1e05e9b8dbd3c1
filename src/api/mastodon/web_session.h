#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "http/response.h"
#include "social/account.h"
#include "social/sessions.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// The client id under which a browser's own sessions are kept. No registered app can have it.
inline constexpr std::string_view kBrowserClient = "browser";

/// Who looks at one of our pages, by cookies. A browser's session is a token without any scope: it
/// opens our pages and nothing of the API.
struct Visitor {
    std::string session_token;
    social::SessionPtr session;   ///< null if not signed in
    social::AccountPtr account;   ///< null if not signed in
    std::string form_key;         ///< random, of this browser
    bool has_form_cookie = true;  ///< false: form_key is new and must be set

    [[nodiscard]] bool signed_in() const { return account != nullptr; }
};

[[nodiscard]] Task<Result<Visitor>> visitor_of(Call call);

/// The secret that every form carries: it depends on a cookie that no other site can read or send
/// with a POST (SameSite=Lax), and on the session.
[[nodiscard]] std::string form_secret(const Visitor& visitor);
/// As a hidden field.
[[nodiscard]] std::string form_secret_field(const Visitor& visitor);
/// kForbidden if the form does not carry it.
[[nodiscard]] Result<void> check_form_secret(const Call& call, const Visitor& visitor);

/// Sets the cookie of form_key, where it is new.
void keep_form_key(const Call& call, const Visitor& visitor, http::Response& response);

/// Opens a browser session for `account` and sets its cookie on `response`.
[[nodiscard]] Task<Result<http::Response>>
open_browser_session(Call call, social::AccountPtr account, http::Response response);
/// Ends it.
[[nodiscard]] Task<Result<http::Response>>
close_browser_session(Call call, Visitor visitor, http::Response response);

/// `path` if it is one of ours ("/oauth/authorize?…"), or "/": a redirect never leaves the server.
[[nodiscard]] std::string local_path_or_root(std::string_view path);

}  // namespace rookery::api::mastodon
