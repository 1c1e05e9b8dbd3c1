#pragma once

#include "api/mastodon/routes.h"

#include <span>

/// The routes of each resource, one file each. all_routes() joins them.
namespace rookery::api::mastodon {

using Routes = std::span<const Route>;

[[nodiscard]] Routes app_routes();

}  // namespace rookery::api::mastodon
