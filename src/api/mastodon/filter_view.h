#pragma once

#include "api/mastodon/call.h"
#include "base/json_writer.h"
#include "base/result.h"
#include "social/filters.h"

#include <string>

namespace rookery::api::mastodon {

/// Appends a Filter entity; without its keywords and posts where it is part of a FilterResult.
void write_filter(JsonWriter& json, const social::Filter& filter, bool whole);
void write_keyword(JsonWriter& json, const social::FilterKeyword& keyword);
void write_filter_post(JsonWriter& json, const social::FilterPost& post);
/// A V1Filter: one keyword with its filter's contexts. Its id is the keyword's.
void write_v1_filter(
    JsonWriter& json,
    const social::Filter& filter,
    const social::FilterKeyword& keyword
);

/// Reads the parameters context[], title, filter_action, expires_in, keywords_attributes into
/// `filter`; those that are absent leave it as it is. kInvalid names what is wrong.
[[nodiscard]] Result<void> apply_filter_params(const Call& call, social::Filter& filter);
/// context[] and expires_in alone, which versions 1 and 2 share.
[[nodiscard]] Result<void> apply_filter_scope(const Call& call, social::Filter& filter);

}  // namespace rookery::api::mastodon
