#include "social/markers.h"

#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

constexpr std::array<std::string_view, 2> kTimelines{"home", "notifications"};

void write_marker(JsonWriter& json, std::string_view timeline, const social::Marker& marker) {
    json.key(timeline)
        .begin_object()
        .field("last_read_id", std::to_string(marker.last_read_id))
        .field("version", marker.version)
        .field("updated_at", iso8601_ms(marker.updated_at_ms))
        .end_object();
}

Task<Result<http::Response>> show(Call call) {
    std::vector<std::string> timelines;
    for (const std::string_view name : call.params().list("timeline")) {
        if (std::ranges::find(kTimelines, name) != kTimelines.end()) {
            timelines.emplace_back(name);
        }
    }
    CO_TRY(const auto markers, co_await call.services().markers.find(call.account->id, timelines));
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    for (std::size_t i = 0; i < timelines.size(); ++i) {
        if (markers[i].version != 0) {
            write_marker(json, timelines[i], markers[i]);
        }
    }
    json.end_object();
    co_return http::Response::json(std::move(out));
}

Task<Result<http::Response>> save(Call call) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    for (const std::string_view timeline : kTimelines) {
        const std::string name = std::string(timeline) + "[last_read_id]";
        CO_TRY(const auto id, call.param_id<PostId>(name));
        if (!id) {
            continue;
        }
        CO_TRY(
            const auto marker,
            co_await call.services().markers.set(call.account->id, std::string(timeline), id->value)
        );
        write_marker(json, timeline, marker);
    }
    json.end_object();
    co_return http::Response::json(std::move(out));
}

constexpr std::array kRoutes{
    Route{http::Method::kGet, "/api/v1/markers", Auth::kUser, "read:statuses", show},
    Route{http::Method::kPost, "/api/v1/markers", Auth::kUser, "write:statuses", save},
};

}  // namespace

Routes marker_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
