#include "api/mastodon/status_text.h"

#include "api/mastodon/json_answer.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "social/text/render.h"

#include <string_view>

namespace rookery::api::mastodon {

namespace {

void id_field(JsonWriter& json, std::string_view name, std::uint64_t id) {
    if (id == 0) {
        json.null_field(name);
    } else {
        json.field(name, std::to_string(id));
    }
}

void optional_field(JsonWriter& json, std::string_view name, std::string_view value) {
    if (value.empty()) {
        json.null_field(name);
    } else {
        json.field(name, value);
    }
}

void write_application(JsonWriter& json, const social::Post& post) {
    if (post.app_name.empty()) {
        json.null_field("application");
        return;
    }
    json.key("application").begin_object().field("name", post.app_name);
    optional_field(json, "website", post.app_website);
    json.end_object();
}

void write_mentions(JsonWriter& json, const ApiConfig& config, const social::Post& post) {
    json.key("mentions").begin_array();
    for (const social::Mention& mention : post.mentions) {
        json.begin_object()
            .field("id", to_string(mention.account))
            .field("username", mention.username)
            .field("url", config.base_url + "/@" + mention.username)
            .field("acct", mention.username)
            .end_object();
    }
    json.end_array();
}

void write_tags(JsonWriter& json, const ApiConfig& config, const social::Post& post) {
    json.key("tags").begin_array();
    for (const std::string& tag : post.tags) {
        json.begin_object()
            .field("name", tag)
            .field("url", config.base_url + social::text::tag_path(tag))
            .end_object();
    }
    json.end_array();
}

}  // namespace

std::string
status_url(const ApiConfig& config, const social::Post& post, const social::Account& author) {
    if (post.is_boost()) {
        return status_uri(config, post, author);
    }
    return config.base_url + "/@" + author.username + "/" + to_string(post.id);
}

std::string
status_uri(const ApiConfig& config, const social::Post& post, const social::Account& author) {
    return config.base_url + "/users/" + author.username + "/statuses/" + to_string(post.id) +
           (post.is_boost() ? "/activity" : "");
}

std::string
status_text(const ApiConfig& config, const social::Post& post, const social::Account& author) {
    std::string out;
    out.reserve(768 + post.content_html.size() * 2);
    JsonWriter json(out);
    json.begin_object()
        .field("id", to_string(post.id))
        .field("created_at", iso8601_ms(post.created_at_ms()));
    id_field(json, "in_reply_to_id", post.in_reply_to.value);
    id_field(json, "in_reply_to_account_id", post.in_reply_to_account.value);
    json.field("sensitive", post.sensitive)
        .field("spoiler_text", post.spoiler_text)
        .field("visibility", social::to_string(post.visibility));
    optional_field(json, "language", post.language);
    json.field("uri", status_uri(config, post, author))
        .field("url", status_url(config, post, author));
    optional_field(json, "edited_at", post.edited_at_ms == 0 ? "" : iso8601_ms(post.edited_at_ms));
    json.field("content", with_base_url(post.content_html, config.base_url));
    write_application(json, post);
    json.raw_field("media_attachments", "[]");
    write_mentions(json, config, post);
    write_tags(json, config, post);
    json.raw_field("emojis", "[]")
        .null_field("card")
        .null_field("poll")
        .null_field("quote")
        .raw_field("quote_approval", R"({"automatic":[],"manual":[],"current_user":"denied"})")
        .key("account");
    out.shrink_to_fit();
    return out;
}

void append_status_counts(PageText& out, const social::PostCounts& counts) {
    if (counts == social::PostCounts{}) {  // as it is of most posts
        out.append(
            R"(,"replies_count":0,"reblogs_count":0,"favourites_count":0,"quotes_count":0,"reblog":)"
        );
        return;
    }
    out.append(R"(,"replies_count":)");
    out.append_number(counts.replies);
    out.append(R"(,"reblogs_count":)");
    out.append_number(counts.boosts);
    out.append(R"(,"favourites_count":)");
    out.append_number(counts.favourites);
    out.append(R"(,"quotes_count":0,"reblog":)");
}

std::string common_status_phrases(const ApiConfig& config) {
    const social::Account author;
    social::Post bare;
    social::Post rich;
    rich.in_reply_to = PostId{1};
    rich.in_reply_to_account = AccountId{1};
    rich.edited_at_ms = 1;
    rich.language = "en";
    rich.app_name = "a";
    rich.mentions.push_back({});
    rich.tags.emplace_back();
    rich.content_html = social::text::render_html("@a #a https://a", {{"a", AccountId(1)}}, "");
    return status_text(config, bare, author) + status_text(config, rich, author);
}

}  // namespace rookery::api::mastodon
