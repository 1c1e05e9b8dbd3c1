#include "api/mastodon/oauth.h"

#include "api/mastodon/web_client.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

http::Response oauth_error(int status, std::string_view code, std::string_view description) {
    std::string body;
    JsonWriter(body)
        .begin_object()
        .field("error", code)
        .field("error_description", description)
        .end_object();
    http::Response response = http::Response::json(std::move(body), status);
    response.header("Cache-Control", "no-store");
    return response;
}

std::optional<ClientCredentials> client_credentials_of(const http::Request& request) {
    constexpr std::string_view kScheme = "basic ";
    const std::string_view header = request.header("authorization").value_or("");
    if (header.size() > kScheme.size() &&
        ascii_iequals(header.substr(0, kScheme.size()), kScheme)) {
        const auto pair = base64_decode(trim_ascii(header.substr(kScheme.size())));
        const std::size_t colon = pair ? pair->find(':') : std::string::npos;
        if (colon == std::string::npos) {
            return std::nullopt;
        }
        return ClientCredentials{
            percent_decode(std::string_view(*pair).substr(0, colon), true),
            percent_decode(std::string_view(*pair).substr(colon + 1), true)
        };
    }
    const std::string_view id = request.params.get_or("client_id", "");
    if (id.empty()) {
        return std::nullopt;
    }
    return ClientCredentials{
        std::string(id), std::string(request.params.get_or("client_secret", ""))
    };
}

Task<Result<social::App>> authenticate_client(Call call) {
    const Error refusal = fail(ErrorCode::kUnauthenticated, "Client authentication failed");
    const auto given = client_credentials_of(*call.request);
    if (!given) {
        co_return refusal;
    }
    auto app = co_await find_client(call, given->id);
    if (!app) {
        if (app.error().code == ErrorCode::kNotFound) {
            co_return refusal;
        }
        co_return std::move(app).error();
    }
    if (!equal_constant_time(app->client_secret, given->secret)) {
        co_return refusal;
    }
    co_return std::move(*app);
}

bool proves_key(std::string_view verifier, std::string_view challenge) {
    return is_key_text(verifier) &&
           equal_constant_time(base64url_encode(sha256(verifier)), challenge);
}

bool is_key_text(std::string_view text) {
    return text.size() >= 43 && text.size() <= 128 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_' || c == '~';
           });
}

http::Response token_response(const social::IssuedToken& issued) {
    std::string body;
    JsonWriter(body)
        .begin_object()
        .field("access_token", issued.token)
        .field("token_type", "Bearer")
        .field("scope", issued.session->scopes)
        .field("created_at", issued.session->created_at_ms / 1000)
        .end_object();
    http::Response response = http::Response::json(std::move(body));
    response.header("Cache-Control", "no-store");
    return response;
}

social::Session
new_session(const Call& call, const social::App& app, AccountId account, std::string scopes) {
    constexpr std::size_t kUserAgentBytesMax = 300;
    social::Session session;
    session.account = account;
    session.client_id = app.client_id;
    session.app_name = app.name;
    session.app_website = app.website;
    session.scopes = std::move(scopes);
    session.ip = call.request->remote_address;
    session.user_agent =
        call.request->header("user-agent").value_or("").substr(0, kUserAgentBytesMax);
    return session;
}

}  // namespace rookery::api::mastodon
