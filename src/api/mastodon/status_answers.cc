#include "api/mastodon/status_answers.h"

#include "api/mastodon/paging.h"

#include <utility>

namespace rookery::api::mastodon {

Task<Result<feed::Item>> visible_status(Call call, PostId id) {
    CO_TRY(auto viewer, co_await call.viewer());
    std::vector<PostId> ids{id};
    CO_TRY(
        auto page,
        co_await call.services().timelines.present_whole(std::move(viewer), std::move(ids), false)
    );
    if (page.empty()) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    // Without its card: the caller may change what is counted before it answers.
    page.front().card.reset();
    co_return std::move(page.front());
}

Task<Result<feed::Item>> visible_original(Call call) {
    CO_TRY(const PostId id, call.path_id<PostId>());
    CO_TRY(auto item, co_await visible_status(call, id));
    if (item.boosted) {
        feed::Item original{item.boosted, item.boosted_author, nullptr, nullptr};
        co_return original;
    }
    co_return item;
}

Task<Result<feed::Page>> with_authors(Call call, std::vector<social::PostPtr> posts) {
    std::vector<AccountId> ids;
    ids.reserve(posts.size());
    for (const social::PostPtr& post : posts) {
        ids.push_back(post->author);
    }
    CO_TRY(const auto authors, co_await call.services().accounts.find_many(std::move(ids)));
    feed::Page page;
    page.reserve(posts.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (authors[i]) {
            page.push_back({std::move(posts[i]), authors[i], nullptr, nullptr});
        }
    }
    co_return page;
}

Task<Result<http::Response>> status_answer(Call call, feed::Item item) {
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(auto json, co_await call.api.status_view.render(std::move(item), std::move(viewer)));
    co_return http::Response::json(std::move(json));
}

Task<Result<http::Response>> statuses_answer(Call call, feed::CardPage page) {
    auto viewer = call.viewer_at_once();
    if (!viewer) {
        CO_TRY(viewer, co_await call.viewer());
    }
    CO_TRY(
        auto array, co_await call.api.status_view.render_array(std::move(page), std::move(*viewer))
    );
    http::Response response = http::Response::json("");
    response.fragments.push_back(std::move(array));
    response.etag = true;
    co_return response;
}

Task<Result<http::Response>> statuses_answer(Call call, feed::Page page) {
    CO_TRY(auto cards, co_await call.api.status_view.cards_of(std::move(page)));
    co_return co_await statuses_answer(call, std::move(cards));
}

Task<Result<http::Response>> timeline_answer(Call call, feed::CardPage page) {
    const std::uint64_t first = page.empty() ? 0 : page.front()->post.id.value;
    const std::uint64_t last = page.empty() ? 0 : page.back()->post.id.value;
    CO_TRY(auto response, co_await statuses_answer(call, std::move(page)));
    add_timeline_links(call, first, last, response);
    co_return response;
}

Task<Result<http::Response>> timeline_answer(Call call, feed::Page page) {
    CO_TRY(auto cards, co_await call.api.status_view.cards_of(std::move(page)));
    co_return co_await timeline_answer(call, std::move(cards));
}

}  // namespace rookery::api::mastodon
