#include "api/mastodon/call.h"

namespace rookery::api::mastodon {

Task<Result<social::ViewerPtr>> Call::viewer() const {
    if (!account) {
        co_return social::ViewerPtr{};
    }
    auto found = co_await api.services.viewers.find(account->id);
    co_return found;
}

}  // namespace rookery::api::mastodon
