#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

using discover::Directory;

/// Whom the caller does not want to see in the directory, and who does not want to be seen by them.
/// Rising.
std::vector<AccountId> left_out_for(const social::Viewer* viewer, UnixMs now_ms) {
    std::vector<AccountId> left_out;
    if (viewer == nullptr) {
        return left_out;
    }
    left_out = viewer->blocking;
    left_out.insert(left_out.end(), viewer->blocked_by.begin(), viewer->blocked_by.end());
    for (const social::MuteEdge& mute : viewer->muting) {
        if (viewer->mutes(mute.account, now_ms)) {
            left_out.push_back(mute.account);
        }
    }
    std::ranges::sort(left_out);
    return left_out;
}

/// What the census knows, until the directory has been read: its longest lists end early.
Task<Result<std::vector<AccountId>>>
early_directory(Call call, Directory::Order order, std::vector<AccountId> left_out, Offset page) {
    CO_TRY(const auto figures, co_await call.api.census.figures());
    auto ids = order == Directory::Order::kNew ? figures->newest : figures->latest_active;
    std::erase_if(ids, [&](AccountId id) { return std::ranges::binary_search(left_out, id); });
    ids.erase(
        ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(page.offset, ids.size()))
    );
    ids.resize(std::min(ids.size(), page.limit));
    co_return ids;
}

Task<Result<http::Response>> directory(Call call) {
    CO_TRY(Offset page, parse_offset(call, kAccountPage));
    const std::string_view asked = call.params().get_or("order", "active");
    if (asked != "active" && asked != "new") {
        co_return fail(ErrorCode::kInvalid, "Validation failed: order is neither active nor new");
    }
    const auto order = asked == "new" ? Directory::Order::kNew : Directory::Order::kActive;
    CO_TRY(const auto viewer, co_await call.viewer());
    const auto left_out = left_out_for(viewer.get(), call.api.now_ms());
    const Directory& all = call.services().directory;
    std::vector<social::AccountPtr> accounts;
    // A few may have left it a moment ago: the page is filled with those behind it.
    for (bool more = true; more;) {
        const Offset rest{.limit = page.limit - accounts.size(), .offset = page.offset};
        std::vector<AccountId> ids;
        if (all.ready()) {
            ids = all.page(order, left_out, rest.offset, rest.limit);
        } else {
            CO_TRY(ids, co_await early_directory(call, order, left_out, rest));
        }
        page.offset += ids.size();
        more = ids.size() == rest.limit;
        CO_TRY(auto found, co_await call.services().accounts.find_many(std::move(ids)));
        for (social::AccountPtr& account : found) {
            if (account && !account->suspended && account->discoverable) {
                accounts.push_back(std::move(account));
            }
        }
        more = more && accounts.size() < page.limit;
    }
    CO_TRY(const auto rendered, co_await call.api.account_view.render_many(std::move(accounts)));
    co_return json_array(rendered);
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/api/v1/directory", Auth::kOptional, "read:accounts", directory},
};

}  // namespace

Routes discovery_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
