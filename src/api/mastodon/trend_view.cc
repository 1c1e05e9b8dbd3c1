#include "api/mastodon/trend_view.h"

#include "api/mastodon/tag_view.h"
#include "base/json_writer.h"
#include "discover/trends/links.h"

#include <utility>

namespace rookery::api::mastodon {

std::string render_trending_link(const discover::trends::Trend& trend) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("id", std::to_string(trend.id))
        .field("url", trend.name)
        .field("title", discover::trends::link_title(trend.name))
        .field("description", "")
        .field("language", trend.language)
        .field("type", "link")
        .field("author_name", "")
        .field("author_url", "")
        .key("authors")
        .begin_array()
        .end_array()
        .field("provider_name", discover::trends::link_host(trend.name))
        .field("provider_url", "")
        .field("html", "")
        .field("width", 0)
        .field("height", 0)
        .null_field("image")
        .field("image_description", "")
        .field("embed_url", "")
        .null_field("blurhash")
        .null_field("published_at")
        .key("history");
    write_history(json, trend.history);
    json.end_object();
    return out;
}

std::string with_member(std::string object, std::string_view name, bool value) {
    object.pop_back();
    object.append(",\"").append(name).append(value ? "\":true}" : "\":false}");
    return object;
}

}  // namespace rookery::api::mastodon
