#pragma once

#include "api/limiter/configuration.h"
#include "api/limiter/yaml_node.h"
#include "base/result.h"

namespace rookery::api::limiter {

/// Fills in what the map `node`, a `rate_limit` of a file, says; `limit` has its path already.
/// kInvalid names the file and the line.
[[nodiscard]] Result<void>
read_rate_limit(const YamlNode& node, ConfigurationOptions options, RateLimit& limit);

}  // namespace rookery::api::limiter
