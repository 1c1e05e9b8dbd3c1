#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "http/request.h"
#include "http/response.h"
#include "social/sessions.h"

#include <optional>
#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// {"error": code, "error_description": …} (RFC 6749, section 5.2).
[[nodiscard]] http::Response
oauth_error(int status, std::string_view code, std::string_view description);

/// A client's name and secret, from the Basic header (RFC 6749, section 2.3.1) or the body.
struct ClientCredentials {
    std::string id;
    std::string secret;
};
[[nodiscard]] std::optional<ClientCredentials> client_credentials_of(const http::Request& request);

/// The app whose credentials the request brings; kUnauthenticated if there is none such. The web
/// client has no secret and must bring none.
[[nodiscard]] Task<Result<social::App>> authenticate_client(Call call);

/// True if BASE64URL(SHA256(verifier)) is the challenge (RFC 7636, section 4.6).
[[nodiscard]] bool proves_key(std::string_view verifier, std::string_view challenge);
/// 43 to 128 unreserved characters (RFC 7636, section 4.1 and 4.2).
[[nodiscard]] bool is_key_text(std::string_view text);

/// The answer of the token endpoint, which also ends a sign-up by the API.
[[nodiscard]] http::Response token_response(const social::IssuedToken& issued);

/// A session for `app` as this request asks for it; `account` 0 for the app itself.
[[nodiscard]] social::Session
new_session(const Call& call, const social::App& app, AccountId account, std::string scopes);

}  // namespace rookery::api::mastodon
