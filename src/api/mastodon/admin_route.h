#pragma once

#include "api/mastodon/paging.h"
#include "api/mastodon/routes.h"

#include <string_view>

namespace rookery::api::mastodon {

inline constexpr PageSize kAdminPage{100, 200};

/// A route for moderators and those above them.
[[nodiscard]] constexpr Route admin_route(
    http::Method method,
    std::string_view pattern,
    std::string_view scope,
    Handler handler
) {
    return {
        .method = method,
        .pattern = pattern,
        .auth = Auth::kUser,
        .scope = scope,
        .handler = handler,
        .least_role = social::Role::kModerator,
    };
}

}  // namespace rookery::api::mastodon
