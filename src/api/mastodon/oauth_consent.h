#pragma once

#include "api/mastodon/call.h"
#include "api/mastodon/web_session.h"
#include "http/response.h"
#include "social/sessions.h"

#include <string>

namespace rookery::api::mastodon {

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

/// Asks the person who is signed in whether the app may use their account.
[[nodiscard]] http::Response
consent_page(const Call& call, const Visitor& visitor, const Authorization& request);

}  // namespace rookery::api::mastodon
