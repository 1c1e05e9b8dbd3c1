#include "api/mastodon/instance.h"

#include "api/mastodon/html_page.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/rules.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

std::string version_text() {
    return fmt::format("{} (compatible; Rookery {})", kMastodonVersion, kSoftwareVersion);
}

void write_strings(
    JsonWriter& json,
    std::string_view name,
    const std::vector<std::string>& values
) {
    json.key(name).begin_array();
    for (const std::string& value : values) {
        json.string(value);
    }
    json.end_array();
}

/// Pictures, videos and polls are not taken: their limits are zero.
void write_limits(JsonWriter& json, const ApiConfig& config) {
    json.key("accounts")
        .begin_object()
        .field("max_featured_tags", 0)
        .field("max_pinned_statuses", config.pinned_posts_max)
        .field("max_profile_fields", config.fields_max)
        .field("profile_field_name_limit", config.field_characters_max)
        .field("profile_field_value_limit", config.field_characters_max)
        .field("max_display_name_length", config.display_name_characters_max)
        .field("max_note_length", config.note_characters_max)
        .field("max_avatar_description_length", 0)
        .field("max_header_description_length", 0)
        .end_object();
    json.key("statuses")
        .begin_object()
        .field("max_characters", config.post_characters_max)
        .field("max_media_attachments", 0)
        .field("characters_reserved_per_url", 23)
        .end_object();
    json.key("media_attachments")
        .begin_object()
        .field("description_limit", 0)
        .field("image_matrix_limit", 0)
        .field("image_size_limit", 0);
    json.key("supported_mime_types").begin_array().end_array();
    json.field("video_frame_rate_limit", 0)
        .field("video_matrix_limit", 0)
        .field("video_size_limit", 0)
        .end_object();
    json.key("polls")
        .begin_object()
        .field("max_characters_per_option", 0)
        .field("max_expiration", 0)
        .field("max_options", 0)
        .field("min_expiration", 0)
        .end_object();
}

/// Whom to ask, as an Account entity; null if nobody is named or there is no such account.
Task<Result<std::string>> contact_of(Call call) {
    const std::string& name = call.api.config.contact_account;
    if (name.empty()) {
        co_return std::string("null");
    }
    auto account = co_await call.services().accounts.find_by_name(name);
    if (!account) {
        if (account.error().code == ErrorCode::kNotFound) {
            co_return std::string("null");
        }
        co_return std::move(account).error();
    }
    CO_TRY(const auto rendered, co_await call.api.account_view.render(std::move(*account)));
    co_return *rendered;
}

Task<Result<http::Response>> instance_v2(Call call) {
    const ApiConfig& config = call.api.config;
    CO_TRY(const auto figures, co_await call.api.census.figures());
    CO_TRY(const auto contact, co_await contact_of(call));
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("domain", config.host())
        .field("title", config.title)
        .field("version", version_text())
        .field("source_url", config.base_url + "/about")
        .field("description", config.description);
    json.key("usage")
        .begin_object()
        .key("users")
        .begin_object()
        .field("active_month", figures->active_month)
        .end_object()
        .end_object();
    json.key("thumbnail")
        .begin_object()
        .field("url", config.base_url + "/headers/original/missing.png")
        .null_field("blurhash")
        .key("versions")
        .begin_object()
        .end_object()
        .field("description", "")
        .end_object();
    json.key("icon").begin_array().end_array();
    write_strings(json, "languages", config.languages);
    json.key("configuration").begin_object().key("urls").begin_object();
    json.field("streaming", config.streaming_url())
        .null_field("status")
        .field("about", config.base_url + "/about")
        .field("privacy_policy", config.base_url + "/privacy-policy")
        .null_field("terms_of_service")
        .end_object();
    json.key("vapid").begin_object().field("public_key", "").end_object();
    write_limits(json, config);
    json.key("translation").begin_object().field("enabled", false).end_object();
    json.field("limited_federation", true).end_object();
    json.key("registrations")
        .begin_object()
        .field("enabled", config.registrations_open)
        .field("approval_required", false)
        .field("reason_required", false)
        .null_field("message")
        .null_field("min_age")
        .field("url", config.base_url + "/auth/sign_up")
        .end_object();
    json.key("api_versions")
        .begin_object()
        .field("mastodon", kMastodonApiVersion)
        .field("rookery", kRookeryApiVersion)
        .end_object();
    json.key("contact")
        .begin_object()
        .field("email", config.contact_email)
        .raw_field("account", contact)
        .end_object();
    json.raw_field("rules", rules_json(config)).null_field("wrapstodon").end_object();
    http::Response response = http::Response::json(std::move(body));
    response.etag = true;
    co_return response;
}

Task<Result<http::Response>> instance_v1(Call call) {
    const ApiConfig& config = call.api.config;
    CO_TRY(const auto figures, co_await call.api.census.figures());
    CO_TRY(const auto contact, co_await contact_of(call));
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("uri", config.host())
        .field("title", config.title)
        .field("short_description", config.description)
        .field("description", config.description)
        .field("email", config.contact_email)
        .field("version", version_text());
    json.key("urls").begin_object().field("streaming_api", config.streaming_url()).end_object();
    json.key("stats")
        .begin_object()
        .field("user_count", figures->accounts)
        .field("status_count", figures->posts)
        .field("domain_count", 0)
        .end_object();
    json.field("thumbnail", config.base_url + "/headers/original/missing.png");
    write_strings(json, "languages", config.languages);
    json.field("registrations", config.registrations_open)
        .field("approval_required", false)
        .field("invites_enabled", false)
        .key("configuration")
        .begin_object();
    write_limits(json, config);
    json.end_object()
        .raw_field("contact_account", contact)
        .raw_field("rules", rules_json(config))
        .end_object();
    http::Response response = http::Response::json(std::move(body));
    response.etag = true;
    co_return response;
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/api/v1/instance", Auth::kNone, "", instance_v1},
    {http::Method::kGet, "/api/v2/instance", Auth::kNone, "", instance_v2},
};

}  // namespace

std::span<const std::string_view> supported_scopes() {
    static constexpr std::string_view kScopes[] = {
        "read",
        "profile",
        "write",
        "write:accounts",
        "write:blocks",
        "write:bookmarks",
        "write:conversations",
        "write:favourites",
        "write:filters",
        "write:follows",
        "write:lists",
        "write:media",
        "write:mutes",
        "write:notifications",
        "write:reports",
        "write:statuses",
        "read:accounts",
        "read:blocks",
        "read:bookmarks",
        "read:favourites",
        "read:filters",
        "read:follows",
        "read:lists",
        "read:mutes",
        "read:notifications",
        "read:search",
        "read:statuses",
        "follow",
        "push",
    };
    return kScopes;
}

Routes instance_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
