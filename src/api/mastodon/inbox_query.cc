#include "api/mastodon/inbox_query.h"

#include "api/mastodon/paging.h"

#include <bitset>
#include <utility>

namespace rookery::api::mastodon {

namespace {

using Types = std::bitset<notify::kNotificationTypes>;

Types types_in(const std::vector<std::string_view>& names) {
    Types types;
    for (const std::string_view name : names) {
        if (const auto type = notify::parse_notification_type(name)) {
            types.set(static_cast<std::size_t>(*type));
        }
    }
    return types;
}

}  // namespace

Result<notify::InboxQuery> parse_inbox_query(const Call& call) {
    notify::InboxQuery query;
    const auto wanted = call.params().list("types");
    if (!wanted.empty()) {
        query.types = types_in(wanted);
    }
    query.types &= ~types_in(call.params().list("exclude_types"));
    TRY(const auto from, call.param_id<AccountId>("account_id"));
    query.from = from.value_or(AccountId{});
    query.with_held_back = call.params().get_bool("include_filtered").value_or(false);
    constexpr PageSize kNotificationPage{40, 80};
    TRY(query.page, parse_page(call, kNotificationPage));
    return query;
}

Task<Result<std::vector<notify::InboxEntry>>> unread_notifications(Call call, std::size_t max) {
    CO_TRY(auto query, parse_inbox_query(call));
    query.with_held_back = false;
    query.page = {};
    query.page.limit = max;
    std::vector<std::string> timelines{"notifications"};
    CO_TRY(
        const auto markers,
        co_await call.services().markers.find(call.account->id, std::move(timelines))
    );
    query.page.since_id = markers.front().last_read_id;
    CO_TRY(auto entries, co_await call.services().inbox.page(call.account->id, query));
    co_return entries;
}

}  // namespace rookery::api::mastodon
