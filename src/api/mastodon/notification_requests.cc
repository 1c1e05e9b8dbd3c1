#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "notify/requests.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

/// What a policy holds back, one request for each sender.
namespace rookery::api::mastodon {

namespace {

constexpr PageSize kRequestPage{40, 80};

Task<Result<std::vector<std::string>>> render(Call call, std::vector<notify::Request> requests) {
    std::vector<social::AccountPtr> from;
    feed::Page posts;
    for (const notify::Request& request : requests) {
        from.push_back(request.from);
        if (request.last_post) {
            posts.push_back({request.last_post, request.last_post_author, nullptr, nullptr});
        }
    }
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(const auto accounts, co_await call.api.account_view.render_many(std::move(from)));
    CO_TRY(
        const auto statuses, co_await call.api.status_view.render_each(std::move(posts), viewer)
    );
    std::vector<std::string> out(requests.size());
    std::size_t next_status = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const notify::Request& request = requests[i];
        JsonWriter json(out[i]);
        json.begin_object()
            .field("id", to_string(request.id))
            .field("created_at", iso8601_ms(request.created_at_ms()))
            .field("updated_at", iso8601_ms(request.updated_at_ms))
            .field("notifications_count", std::to_string(request.notifications))
            .raw_field("account", *accounts[i]);
        if (request.last_post) {
            json.raw_field("last_status", statuses[next_status++]);
        } else {
            json.null_field("last_status");
        }
        json.end_object();
    }
    co_return out;
}

Task<Result<http::Response>> list(Call call) {
    CO_TRY(const auto page, parse_page(call, kRequestPage));
    CO_TRY(auto requests, co_await call.services().requests.page(call.account->id, page));
    const std::uint64_t first = requests.empty() ? 0 : requests.front().id.value;
    const std::uint64_t last = requests.empty() ? 0 : requests.back().id.value;
    CO_TRY(const auto entities, co_await render(call, std::move(requests)));
    http::Response response = json_array(entities);
    add_timeline_links(call, first, last, response);
    co_return response;
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const auto id, call.path_id<NotificationId>());
    CO_TRY(auto request, co_await call.services().requests.find(call.account->id, id));
    std::vector<notify::Request> only;
    only.push_back(std::move(request));
    CO_TRY(auto entities, co_await render(call, std::move(only)));
    co_return http::Response::json(std::move(entities.front()));
}

Task<Result<http::Response>> accept(Call call) {
    CO_TRY(const auto id, call.path_id<NotificationId>());
    CO_CHECK(co_await call.services().requests.accept(call.account->id, id));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> dismiss(Call call) {
    CO_TRY(const auto id, call.path_id<NotificationId>());
    CO_CHECK(co_await call.services().requests.dismiss(call.account->id, id));
    co_return http::Response::json("{}");
}

/// The requests that are named; those that are settled already are passed over.
Result<std::vector<NotificationId>> named_requests(const Call& call) {
    std::vector<NotificationId> ids;
    for (const std::string_view text : call.params().list("id")) {
        const auto id = parse_id<NotificationId>(text);
        if (!id) {
            return fail(ErrorCode::kInvalid, "Validation failed: id[] has what is not an id");
        }
        ids.push_back(*id);
    }
    if (ids.empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: id[] can't be blank");
    }
    return ids;
}

Result<void> unless_settled(Result<void> done) {
    if (!done && done.error().code == ErrorCode::kNotFound) {
        return {};
    }
    return done;
}

Task<Result<http::Response>> accept_many(Call call) {
    CO_TRY(const auto ids, named_requests(call));
    for (const NotificationId id : ids) {
        CO_CHECK(unless_settled(co_await call.services().requests.accept(call.account->id, id)));
    }
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> dismiss_many(Call call) {
    CO_TRY(const auto ids, named_requests(call));
    for (const NotificationId id : ids) {
        CO_CHECK(unless_settled(co_await call.services().requests.dismiss(call.account->id, id)));
    }
    co_return http::Response::json("{}");
}

/// An accepted request is merged before its answer goes out.
Task<Result<http::Response>> merged(Call call) {
    co_return http::Response::json(R"({"merged":true})");
}

constexpr Route get(std::string_view pattern, Handler handler) {
    return {http::Method::kGet, pattern, Auth::kUser, "read:notifications", handler};
}
constexpr Route post(std::string_view pattern, Handler handler) {
    return {http::Method::kPost, pattern, Auth::kUser, "write:notifications", handler};
}

constexpr std::array kRoutes{
    get("/api/v1/notifications/requests", list),
    get("/api/v1/notifications/requests/merged", merged),
    get("/api/v1/notifications/requests/:id", show),
    post("/api/v1/notifications/requests/:id/accept", accept),
    post("/api/v1/notifications/requests/:id/dismiss", dismiss),
    post("/api/v1/notifications/requests/accept", accept_many),
    post("/api/v1/notifications/requests/dismiss", dismiss_many),
};

}  // namespace

Routes notification_request_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
