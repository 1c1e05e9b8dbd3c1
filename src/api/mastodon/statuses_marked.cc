#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"

#include <algorithm>
#include <array>
#include <utility>

/// Lists made of marks: one's favourites and bookmarks, and who favourited or boosted a post. All
/// page by the mark's id.
namespace rookery::api::mastodon {

namespace {

using MarkedPosts = Task<Result<std::vector<social::MarkedPost>>> (social::Reactions::*)(
    AccountId,
    social::PageRequest
);
using MarkedBy = Task<Result<std::vector<social::RelationEntry>>> (social::Reactions::*)(
    PostId,
    social::PageRequest
);

/// Reads on where `marks` ended.
void move_past(social::PageRequest& page, const std::vector<social::MarkedPost>& marks) {
    if (page.min_id != 0) {
        page.min_id = marks.front().id.value;
    } else {
        page.max_id = marks.back().id.value;
    }
}

template <MarkedPosts List>
Task<Result<http::Response>> marked_posts(Call call) {
    constexpr int kReadsMax = 16;  // of pages whose posts are all gone
    CO_TRY(auto request, parse_page(call, kStatusPage));
    const std::size_t limit = request.limit;
    CO_TRY(const auto viewer, co_await call.viewer());
    feed::CardPage page;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    bool more = true;
    for (int reads = 0; more && page.size() < limit && reads < kReadsMax; ++reads) {
        request.limit = limit - page.size();
        CO_TRY(
            const auto marks, co_await (call.services().reactions.*List)(call.account->id, request)
        );
        more = marks.size() == request.limit;
        if (marks.empty()) {
            break;
        }
        std::vector<PostId> ids;
        for (const social::MarkedPost& mark : marks) {
            ids.push_back(mark.post);
        }
        CO_TRY(
            auto part, co_await call.services().timelines.present(viewer, std::move(ids), false)
        );
        const bool upwards = request.min_id != 0;
        page.insert(upwards ? page.begin() : page.end(), part.begin(), part.end());
        first = upwards || first == 0 ? marks.front().id.value : first;
        last = upwards && last != 0 ? last : marks.back().id.value;
        move_past(request, marks);
    }
    CO_TRY(auto response, co_await statuses_answer(call, std::move(page)));
    add_timeline_links(call, first, more ? last : 0, response);
    co_return response;
}

/// A boost for followers tells nobody else that it is there. The mark of a boost has its id.
Task<Result<std::vector<social::RelationEntry>>>
visible_boosts(Call call, std::vector<social::RelationEntry> boosts) {
    CO_TRY(auto viewer, co_await call.viewer());
    std::vector<PostId> ids;
    for (const social::RelationEntry& boost : boosts) {
        ids.emplace_back(boost.id.value);
    }
    CO_TRY(
        const auto page,
        co_await call.services().timelines.present(std::move(viewer), std::move(ids), false)
    );
    std::erase_if(boosts, [&page](const social::RelationEntry& boost) {
        return std::ranges::none_of(page, [&boost](const feed::CardPtr& card) {
            return card->post.id.value == boost.id.value;
        });
    });
    co_return boosts;
}

template <MarkedBy List>
Task<Result<http::Response>> marked_by(Call call) {
    CO_TRY(const auto item, co_await visible_original(call));
    CO_TRY(const auto request, parse_page(call, kAccountPage));
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(const auto marks, co_await (call.services().reactions.*List)(item.post->id, request));
    std::vector<social::RelationEntry> shown = marks;
    if constexpr (List == &social::Reactions::boosted_by) {
        CO_TRY(shown, co_await visible_boosts(call, std::move(shown)));
    }
    std::vector<AccountId> ids;
    for (const social::RelationEntry& mark : shown) {
        if (!viewer || (!viewer->blocks(mark.account) && !viewer->is_blocked_by(mark.account))) {
            ids.push_back(mark.account);
        }
    }
    CO_TRY(auto accounts, co_await call.services().accounts.find_many(std::move(ids)));
    std::erase_if(accounts, [](const auto& account) { return !account || account->suspended; });
    CO_TRY(const auto entities, co_await call.api.account_view.render_many(std::move(accounts)));
    http::Response response = json_array(entities);
    add_relation_links(
        call,
        marks.empty() ? 0 : marks.front().id.value,
        marks.empty() ? 0 : marks.back().id.value,
        marks.size() == request.limit,
        response
    );
    co_return response;
}

using social::Reactions;
constexpr auto kGet = http::Method::kGet;
constexpr std::string_view kRead = "read:statuses";

constexpr std::array kRoutes{
    Route{
        kGet,
        "/api/v1/favourites",
        Auth::kUser,
        "read:favourites",
        marked_posts<&Reactions::favourites>,
    },
    Route{
        kGet,
        "/api/v1/bookmarks",
        Auth::kUser,
        "read:bookmarks",
        marked_posts<&Reactions::bookmarks>,
    },
    Route{
        kGet,
        "/api/v1/statuses/:id/favourited_by",
        Auth::kOptional,
        kRead,
        marked_by<&Reactions::favourited_by>,
    },
    Route{
        kGet,
        "/api/v1/statuses/:id/reblogged_by",
        Auth::kOptional,
        kRead,
        marked_by<&Reactions::boosted_by>,
    },
};

}  // namespace

Routes status_mark_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
