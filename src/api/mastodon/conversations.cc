#include "api/mastodon/conversation_view.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"

#include <array>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> list(Call call) {
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    CO_TRY(
        auto conversations, co_await call.services().conversations.list(call.account->id, request)
    );
    const std::uint64_t first = conversations.empty() ? 0 : conversations.front().last_post.value;
    const std::uint64_t last = conversations.empty() ? 0 : conversations.back().last_post.value;
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(
        const auto entities,
        co_await call.api.conversation_view.render_each(std::move(conversations), viewer)
    );
    std::string out = "[";
    for (const std::string& entity : entities) {
        out += out.size() > 1 ? "," : "";
        out += entity;
    }
    out += ']';
    http::Response response = http::Response::json(std::move(out));
    add_timeline_links(call, first, last, response);
    co_return response;
}

Task<Result<http::Response>> read(Call call) {
    CO_TRY(const PostId root, call.path_id<PostId>());
    CO_TRY(
        auto conversation, co_await call.services().conversations.mark_read(call.account->id, root)
    );
    CO_TRY(const auto viewer, co_await call.viewer());
    std::vector<social::Conversation> only;
    only.push_back(std::move(conversation));
    CO_TRY(auto entities, co_await call.api.conversation_view.render_each(std::move(only), viewer));
    co_return http::Response::json(std::move(entities.front()));
}

Task<Result<http::Response>> remove(Call call) {
    CO_TRY(const PostId root, call.path_id<PostId>());
    CO_CHECK(co_await call.services().conversations.remove(call.account->id, root));
    co_return http::Response::json("{}");
}

/// The last post of each conversation: what Mastodon once answered here.
Task<Result<http::Response>> direct_timeline(Call call) {
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    CO_TRY(
        const auto conversations,
        co_await call.services().conversations.list(call.account->id, request)
    );
    std::vector<PostId> ids;
    for (const social::Conversation& conversation : conversations) {
        ids.push_back(conversation.last_post);
    }
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto page,
        co_await call.services().timelines.present(std::move(viewer), std::move(ids), true)
    );
    co_return co_await timeline_answer(call, std::move(page));
}

constexpr std::string_view kRead = "read:statuses";
constexpr std::string_view kWrite = "write:conversations";

constexpr std::array kRoutes{
    Route{http::Method::kGet, "/api/v1/conversations", Auth::kUser, kRead, list},
    Route{http::Method::kPost, "/api/v1/conversations/:id/read", Auth::kUser, kWrite, read},
    Route{http::Method::kDelete, "/api/v1/conversations/:id", Auth::kUser, kWrite, remove},
    Route{http::Method::kGet, "/api/v1/timelines/direct", Auth::kUser, kRead, direct_timeline},
};

}  // namespace

Routes conversation_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
