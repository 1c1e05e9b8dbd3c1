#pragma once

#include "api/mastodon/api_config.h"
#include "http/request.h"

#include <optional>
#include <string>

namespace rookery::api::mastodon {

/// The origin by which the browser came ("http://localhost:8080"), if the server listens on this
/// machine only and the name is one of this machine's own; otherwise nothing. So a link that
/// somebody made up cannot name an origin: the browser says it, and it leads to nobody else.
[[nodiscard]] std::optional<std::string>
local_origin(const ApiConfig& config, const http::Request& request);

}  // namespace rookery::api::mastodon
