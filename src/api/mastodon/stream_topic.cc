#include "api/mastodon/stream_topic.h"

#include "base/encoding.h"
#include "base/ids.h"
#include "base/json_writer.h"
#include "social/text/render.h"

#include <algorithm>
#include <array>

namespace rookery::api::mastodon {

namespace {

constexpr std::array<std::string_view, 12> kNames{
    "user",
    "user:notification",
    "public",
    "public:local",
    "public:remote",
    "public:media",
    "public:local:media",
    "public:remote:media",
    "hashtag",
    "hashtag:local",
    "list",
    "direct"
};

}  // namespace

bool StreamTopic::is_personal() const {
    return kind == StreamKind::kUser || kind == StreamKind::kUserNotification ||
           kind == StreamKind::kDirect;
}

std::string_view StreamTopic::scope() const {
    switch (kind) {
        case StreamKind::kUserNotification:
            return "read:notifications";
        case StreamKind::kList:
            return "read:lists";
        default:
            return "read:statuses";
    }
}

std::string StreamTopic::label() const {
    std::string out;
    JsonWriter json(out);
    json.begin_array().string(kNames.at(static_cast<std::size_t>(kind)));
    if (!argument.empty()) {
        json.string(argument);
    }
    json.end_array();
    return out;
}

Result<StreamTopic>
parse_topic(std::string_view name, std::string_view tag, std::string_view list) {
    if (name.empty()) {
        return fail(ErrorCode::kInvalid, "Missing stream name parameter");
    }
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return fail(ErrorCode::kInvalid, "Unknown channel requested");
    }
    StreamTopic topic{static_cast<StreamKind>(found - kNames.begin()), {}};
    if (topic.kind == StreamKind::kHashtag || topic.kind == StreamKind::kHashtagLocal) {
        const std::string typed = "#" + std::string(tag.starts_with('#') ? tag.substr(1) : tag);
        const auto tags = social::text::find_tags(typed);
        if (tags.empty()) {
            return fail(ErrorCode::kInvalid, "Missing tag name parameter");
        }
        topic.argument = tags.front();
    }
    if (topic.kind == StreamKind::kList) {
        const auto id = parse_id<ListId>(list);
        if (!id) {
            return fail(ErrorCode::kInvalid, "Missing list name parameter");
        }
        topic.argument = to_string(*id);
    }
    return topic;
}

}  // namespace rookery::api::mastodon
