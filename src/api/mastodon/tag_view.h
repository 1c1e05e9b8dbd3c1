#pragma once

#include "api/mastodon/api_config.h"
#include "base/json_writer.h"
#include "social/hashtags.h"

#include <optional>
#include <string>

namespace rookery::api::mastodon {

/// A Tag entity. `following` is told to those who are signed in only.
[[nodiscard]] std::string render_tag(
    const ApiConfig& config,
    const std::string& tag,
    const social::TagHistory& history,
    std::optional<bool> following
);

/// The days of a history as the API has them, an array.
void write_history(JsonWriter& json, const social::TagHistory& history);

/// The id of a tag, which clients want as a number: made from its name, the same for ever.
[[nodiscard]] std::string tag_id(const std::string& tag);

}  // namespace rookery::api::mastodon
