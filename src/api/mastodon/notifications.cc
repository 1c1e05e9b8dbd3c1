#include "api/mastodon/inbox_query.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/json_writer.h"

#include <array>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

http::Response joined(const std::vector<std::string>& entities) {
    std::string out = "[";
    for (const std::string& entity : entities) {
        if (out.size() > 1) {
            out += ',';
        }
        out += entity;
    }
    out += ']';
    return http::Response::json(std::move(out));
}

Task<Result<http::Response>> list(Call call) {
    CO_TRY(const auto query, parse_inbox_query(call));
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(auto entries, co_await call.services().inbox.page(call.account->id, query));
    const std::uint64_t first = entries.empty() ? 0 : entries.front().notification.id.value;
    const std::uint64_t last = entries.empty() ? 0 : entries.back().notification.id.value;
    CO_TRY(
        const auto entities,
        co_await call.api.notification_view.render_each(std::move(entries), viewer)
    );
    http::Response response = joined(entities);
    response.etag = true;
    add_timeline_links(call, first, last, response);
    co_return response;
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const auto id, call.path_id<NotificationId>());
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(auto entry, co_await call.services().inbox.find(call.account->id, id));
    std::vector<notify::InboxEntry> only;
    only.push_back(std::move(entry));
    CO_TRY(auto entities, co_await call.api.notification_view.render_each(std::move(only), viewer));
    co_return http::Response::json(std::move(entities.front()));
}

Task<Result<http::Response>> clear(Call call) {
    CO_CHECK(co_await call.services().requests.dismiss_all(call.account->id));
    CO_CHECK(co_await call.services().inbox.clear(call.account->id));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> dismiss(Call call) {
    CO_TRY(const auto id, call.path_id<NotificationId>());
    std::vector<NotificationId> ids{id};
    CO_CHECK(co_await call.services().inbox.dismiss(call.account->id, std::move(ids)));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> unread_count(Call call) {
    constexpr PageSize kCounted{100, 1000};
    CO_TRY(const auto page, parse_page(call, kCounted));
    CO_TRY(const auto unread, co_await unread_notifications(call, page.limit));
    std::string out;
    JsonWriter(out).begin_object().field("count", unread.size()).end_object();
    co_return http::Response::json(std::move(out));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr std::string_view kRead = "read:notifications";
constexpr std::string_view kWrite = "write:notifications";

constexpr Route get(std::string_view pattern, Handler handler) {
    return {kGet, pattern, Auth::kUser, kRead, handler};
}
constexpr Route post(std::string_view pattern, Handler handler) {
    return {kPost, pattern, Auth::kUser, kWrite, handler};
}

constexpr std::array kRoutes{
    get("/api/v1/notifications", list),
    get("/api/v1/notifications/:id", show),
    post("/api/v1/notifications/clear", clear),
    post("/api/v1/notifications/:id/dismiss", dismiss),
    get("/api/v1/notifications/unread_count", unread_count),
};

}  // namespace

Routes notification_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
