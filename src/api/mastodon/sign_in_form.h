#pragma once

#include "api/mastodon/call.h"
#include "api/mastodon/web_session.h"
#include "http/response.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

struct SignInForm {
    std::string return_to = "/";  ///< where to go on afterwards (local_path_or_root)
    std::string reason;           ///< text above the form; may be empty
    std::string error;            ///< text; empty: none
    std::string login;            ///< what was typed
    int status = 200;
};

[[nodiscard]] http::Response
sign_in_page(const Call& call, const Visitor& visitor, const SignInForm& form);

/// The query without force_login, or signing in would be asked for again and again.
[[nodiscard]] std::string without_force_login(std::string_view query);

}  // namespace rookery::api::mastodon
