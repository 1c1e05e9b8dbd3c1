#include "api/mastodon/web_client.h"

#include "api/mastodon/local_origin.h"

#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kCallbackPath = "/auth/callback";

/// Whether the admin scopes mean anything depends on the role of whoever signs in.
constexpr std::string_view kScopes = "read write follow push admin:read admin:write profile";

social::App web_client(const Call& call) {
    const ApiConfig& config = call.api.config;
    social::App app;
    app.id = AppId(1);  // ids of what is stored carry the time: none is so small
    app.client_id = kWebClient;
    app.name = "Rookery";
    app.website = config.base_url;
    app.scopes = kScopes;
    app.redirect_uris.push_back(config.base_url + std::string(kCallbackPath));
    const auto origin = local_origin(config, *call.request);
    if (origin && *origin != config.base_url) {
        app.redirect_uris.push_back(*origin + std::string(kCallbackPath));
    }
    return app;
}

}  // namespace

bool is_web_client(const social::App& app) {
    return app.client_id == kWebClient;
}

Task<Result<social::App>> find_client(Call call, std::string client_id) {
    if (client_id == kWebClient) {
        co_return web_client(call);
    }
    auto app = co_await call.services().sessions.find_app(std::move(client_id));
    co_return app;
}

}  // namespace rookery::api::mastodon
