#pragma once

#include "base/json_writer.h"
#include "http/response.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// `[a,b,c]` of finished JSON values, which are shared, not copied. Nulls are left out.
[[nodiscard]] http::Response json_array(const std::vector<http::Fragment>& values);

/// `[a,b,c]` of finished JSON values.
[[nodiscard]] http::Response json_array(const std::vector<std::string>& values);

/// A value alone.
[[nodiscard]] http::Response json_fragment(http::Fragment value);

/// The array of the words of a space-separated list, such as OAuth's scopes.
void write_words(JsonWriter& json, std::string_view words);

/// A body of another type than JSON and HTML.
[[nodiscard]] http::Response typed_response(std::string content_type, std::string body);

/// `html` with each kBaseUrlMark (social/text/render.h) replaced by the public address.
[[nodiscard]] std::string with_base_url(std::string_view html, std::string_view base_url);

}  // namespace rookery::api::mastodon
