#include "api/mastodon/call.h"

#include <utility>

namespace rookery::api::mastodon {

std::optional<social::ViewerPtr> Call::viewer_at_once() const {
    if (!account) {
        return social::ViewerPtr();
    }
    social::ViewerPtr viewer = api.services.viewers.find_at_once(account->id);
    return viewer ? std::optional(std::move(viewer)) : std::nullopt;
}

Task<Result<social::ViewerPtr>> Call::viewer() const {
    if (auto known = viewer_at_once()) {
        co_return std::move(*known);
    }
    auto found = co_await api.services.viewers.find(account->id);
    co_return found;
}

}  // namespace rookery::api::mastodon
