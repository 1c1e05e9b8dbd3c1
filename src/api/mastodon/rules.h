#pragma once

#include "api/mastodon/api_config.h"

#include <string>

namespace rookery::api::mastodon {

/// The operator's rules as an array of Rule entities.
[[nodiscard]] std::string rules_json(const ApiConfig& config);

/// The privacy policy as safe HTML: the operator's text, or one that says what the software does.
[[nodiscard]] std::string privacy_policy_html(const ApiConfig& config);
[[nodiscard]] std::string description_html(const ApiConfig& config);

}  // namespace rookery::api::mastodon
