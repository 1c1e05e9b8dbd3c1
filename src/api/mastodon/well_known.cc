#include "api/mastodon/errors.h"
#include "api/mastodon/instance.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

void write_array(
    JsonWriter& json,
    std::string_view name,
    std::initializer_list<std::string_view> values
) {
    json.key(name).begin_array();
    for (const std::string_view value : values) {
        json.string(value);
    }
    json.end_array();
}

/// RFC 8414.
Task<Result<http::Response>> oauth_metadata(Call call) {
    const std::string& base = call.api.config.base_url;
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("issuer", base + "/")
        .field("service_documentation", "https://docs.joinmastodon.org/")
        .field("authorization_endpoint", base + "/oauth/authorize")
        .field("token_endpoint", base + "/oauth/token")
        .field("app_registration_endpoint", base + "/api/v1/apps")
        .field("revocation_endpoint", base + "/oauth/revoke")
        .field("userinfo_endpoint", base + "/oauth/userinfo")
        .key("scopes_supported")
        .begin_array();
    for (const std::string_view scope : supported_scopes()) {
        json.string(scope);
    }
    json.end_array();
    write_array(json, "response_types_supported", {"code"});
    write_array(json, "response_modes_supported", {"query"});
    if (call.api.config.password_grant) {
        write_array(
            json, "grant_types_supported", {"authorization_code", "client_credentials", "password"}
        );
    } else {
        write_array(json, "grant_types_supported", {"authorization_code", "client_credentials"});
    }
    write_array(
        json, "token_endpoint_auth_methods_supported", {"client_secret_basic", "client_secret_post"}
    );
    write_array(json, "code_challenge_methods_supported", {"S256"});
    json.end_object();
    http::Response response = http::Response::json(std::move(body));
    response.etag = true;
    co_return response;
}

Task<Result<http::Response>> nodeinfo_links(Call call) {
    const std::string& base = call.api.config.base_url;
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("links").begin_array();
    for (const std::string_view version : {"2.0", "2.1"}) {
        json.begin_object()
            .field("rel", fmt::format("http://nodeinfo.diaspora.software/ns/schema/{}", version))
            .field("href", fmt::format("{}/nodeinfo/{}", base, version))
            .end_object();
    }
    json.end_array().end_object();
    co_return http::Response::json(std::move(body));
}

/// http://nodeinfo.diaspora.software/
Task<Result<http::Response>> nodeinfo(Call call) {
    const std::string version = call.request->path_args.at(0);
    if (version != "2.0" && version != "2.1") {
        co_return fail(ErrorCode::kNotFound, "There is nodeinfo 2.0 and 2.1");
    }
    CO_TRY(const auto figures, co_await call.api.census.figures());
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("version", version);
    json.key("software").begin_object().field("name", "rookery").field("version", kSoftwareVersion);
    if (version == "2.1") {
        json.field("homepage", call.api.config.base_url + "/");
    }
    json.end_object();
    write_array(json, "protocols", {});
    json.key("services").begin_object();
    write_array(json, "outbound", {});
    write_array(json, "inbound", {});
    json.end_object()
        .key("usage")
        .begin_object()
        .key("users")
        .begin_object()
        .field("total", figures->accounts)
        .field("activeMonth", figures->active_month)
        .field("activeHalfyear", figures->active_half_year)
        .end_object()
        .field("localPosts", figures->posts)
        .end_object()
        .field("openRegistrations", call.api.config.registrations_open)
        .key("metadata")
        .begin_object()
        .field("nodeName", call.api.config.title)
        .field("nodeDescription", call.api.config.description)
        // Some client libraries talk only to servers that say so.
        .key("upstream")
        .begin_object()
        .field("name", "mastodon")
        .field("version", kMastodonVersion)
        .end_object()
        .end_object()
        .end_object();
    co_return http::Response::json(std::move(body));
}

/// The username in acct:name@host or in an account's own address; empty if it is none of ours.
std::string local_name(const ApiConfig& config, std::string_view resource) {
    if (resource.starts_with("acct:")) {
        resource.remove_prefix(5);
        if (resource.starts_with('@')) {
            resource.remove_prefix(1);
        }
        const std::size_t at = resource.find('@');
        const bool ours =
            at != std::string_view::npos && ascii_iequals(resource.substr(at + 1), config.host());
        return ours ? std::string(resource.substr(0, at)) : "";
    }
    for (const std::string_view part : {"/@", "/users/"}) {
        const std::string prefix = config.base_url + std::string(part);
        if (resource.starts_with(prefix)) {
            return std::string(resource.substr(prefix.size()));
        }
    }
    return "";
}

/// RFC 7033.
Task<Result<http::Response>> webfinger(Call call) {
    const ApiConfig& config = call.api.config;
    const std::string_view resource = call.params().get_or("resource", "");
    if (resource.empty()) {
        co_return json_error(400, "The parameter resource is missing");
    }
    const std::string name = local_name(config, resource);
    if (name.empty()) {
        co_return fail(ErrorCode::kNotFound, "The resource is nobody of this server");
    }
    CO_TRY(const auto account, co_await call.services().accounts.find_by_name(name));
    if (account->suspended) {
        co_return fail(ErrorCode::kGone, "This account is suspended");
    }
    const std::string url = account_url(config, *account);
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("subject", "acct:" + account->username + "@" + config.host());
    json.key("aliases").begin_array().string(url).string(account_uri(config, *account)).end_array();
    json.key("links").begin_array();
    json.begin_object()
        .field("rel", "http://webfinger.net/rel/profile-page")
        .field("type", "text/html")
        .field("href", url)
        .end_object();
    json.begin_object()
        .field("rel", "http://webfinger.net/rel/avatar")
        .field("type", "image/png")
        .field("href", avatar_url(config, *account))
        .end_object();
    json.end_array().end_object();
    co_return typed_response("application/jrd+json; charset=utf-8", std::move(body));
}

/// RFC 6415.
Task<Result<http::Response>> host_meta(Call call) {
    co_return typed_response(
        "application/xrd+xml; charset=utf-8",
        fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD "
            "xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  <Link rel=\"lrdd\" "
            "template=\"{}/.well-known/webfinger?resource={{uri}}\"/>\n</XRD>\n",
            html_escape(call.api.config.base_url)
        )
    );
}

/// The uri of an account leads to its page.
Task<Result<http::Response>> user(Call call) {
    CO_TRY(
        const auto account,
        co_await call.services().accounts.find_by_name(call.request->path_args.at(0))
    );
    co_return http::Response::redirect("/@" + account->username, 302);
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/.well-known/oauth-authorization-server", Auth::kNone, "", oauth_metadata
    },
    {http::Method::kGet, "/.well-known/nodeinfo", Auth::kNone, "", nodeinfo_links},
    {http::Method::kGet, "/nodeinfo/:version", Auth::kNone, "", nodeinfo},
    {http::Method::kGet, "/.well-known/webfinger", Auth::kNone, "", webfinger},
    {http::Method::kGet, "/.well-known/host-meta", Auth::kNone, "", host_meta},
    {http::Method::kGet,
     "/users/:name",
     Auth::kNone,
     "",
     user,
     RateClass::kGeneral,
     ErrorForm::kPage},
};

}  // namespace

Routes well_known_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
