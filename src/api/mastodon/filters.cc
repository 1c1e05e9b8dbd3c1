#include "api/mastodon/filter_view.h"
#include "api/mastodon/resources.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

http::Response answer(const social::Filter& filter) {
    std::string body;
    JsonWriter json(body);
    write_filter(json, filter, true);
    return http::Response::json(std::move(body));
}

http::Response answer(const social::FilterKeyword& keyword) {
    std::string body;
    JsonWriter json(body);
    write_keyword(json, keyword);
    return http::Response::json(std::move(body));
}

http::Response answer(const social::FilterPost& post) {
    std::string body;
    JsonWriter json(body);
    write_filter_post(json, post);
    return http::Response::json(std::move(body));
}

template <class Entries>
http::Response answer_all(const Entries& entries, auto write) {
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const auto& entry : entries) {
        write(json, entry);
    }
    json.end_array();
    return http::Response::json(std::move(body));
}

/// The filter of the path.
Task<Result<social::Filter>> filter_of(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    auto filter = co_await call.services().filters.find(call.account_id(), id);
    co_return filter;
}

Task<Result<http::Response>> list_filters(Call call) {
    CO_TRY(const auto filters, co_await call.services().filters.all(call.account_id()));
    co_return answer_all(filters, [](JsonWriter& json, const social::Filter& filter) {
        write_filter(json, filter, true);
    });
}

Task<Result<http::Response>> show_filter(Call call) {
    CO_TRY(const auto filter, co_await filter_of(call));
    co_return answer(filter);
}

Task<Result<http::Response>> create_filter(Call call) {
    social::Filter filter;
    CO_CHECK(apply_filter_params(call, filter));
    CO_TRY(
        const auto made,
        co_await call.services().filters.create(call.account_id(), std::move(filter))
    );
    co_return answer(made);
}

Task<Result<http::Response>> update_filter(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(
        const auto changed,
        co_await call.services().filters.change(
            call.account_id(),
            id,
            [&call](social::Filter& filter) { return apply_filter_params(call, filter); }
        )
    );
    co_return answer(changed);
}

Task<Result<http::Response>> remove_filter(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_CHECK(co_await call.services().filters.remove(call.account_id(), id));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> list_keywords(Call call) {
    CO_TRY(const auto filter, co_await filter_of(call));
    co_return answer_all(filter.keywords, write_keyword);
}

Task<Result<http::Response>> add_keyword(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    const http::Params& params = call.params();
    const social::FilterKeyword keyword{
        {}, std::string(params.get_or("keyword", "")), params.get_bool("whole_word").value_or(false)
    };
    CO_TRY(
        const auto changed,
        co_await call.services().filters.change(
            call.account_id(),
            id,
            [&keyword](social::Filter& filter) -> Result<void> {
                filter.keywords.push_back(keyword);
                return {};
            }
        )
    );
    co_return answer(changed.keywords.back());
}

Task<Result<http::Response>> show_keyword(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_keyword(call.account_id(), id));
    co_return answer(*std::ranges::find(filter.keywords, id, &social::FilterKeyword::id));
}

Task<Result<http::Response>> update_keyword(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_keyword(call.account_id(), id));
    social::FilterKeyword after;
    CO_CHECK(co_await call.services().filters.change(
        call.account_id(),
        filter.id,
        [&](social::Filter& edited) -> Result<void> {
            const auto place = std::ranges::find(edited.keywords, id, &social::FilterKeyword::id);
            if (place == edited.keywords.end()) {
                return fail(ErrorCode::kNotFound, "Record not found");
            }
            place->keyword = call.params().get_or("keyword", place->keyword);
            place->whole_word = call.params().get_bool("whole_word").value_or(place->whole_word);
            after = *place;
            return {};
        }
    ));
    co_return answer(after);
}

Task<Result<http::Response>> remove_keyword(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_keyword(call.account_id(), id));
    CO_CHECK(co_await call.services().filters.change(
        call.account_id(),
        filter.id,
        [id](social::Filter& edited) -> Result<void> {
            std::erase_if(edited.keywords, [id](const auto& keyword) { return keyword.id == id; });
            return {};
        }
    ));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> list_posts(Call call) {
    CO_TRY(const auto filter, co_await filter_of(call));
    co_return answer_all(filter.posts, write_filter_post);
}

Task<Result<http::Response>> add_post(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto post, call.param_id<PostId>("status_id"));
    if (!post) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: status_id can't be blank");
    }
    CO_TRY(
        const auto changed,
        co_await call.services().filters.change(
            call.account_id(),
            id,
            [&post](social::Filter& filter) -> Result<void> {
                std::erase_if(filter.posts, [&](const auto& other) { return other.post == *post; });
                filter.posts.push_back({{}, *post});
                return {};
            }
        )
    );
    co_return answer(changed.posts.back());
}

Task<Result<http::Response>> show_post(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_post(call.account_id(), id));
    co_return answer(*std::ranges::find(filter.posts, id, &social::FilterPost::id));
}

Task<Result<http::Response>> remove_post(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_post(call.account_id(), id));
    CO_CHECK(co_await call.services().filters.change(
        call.account_id(),
        filter.id,
        [id](social::Filter& edited) -> Result<void> {
            std::erase_if(edited.posts, [id](const auto& post) { return post.id == id; });
            return {};
        }
    ));
    co_return answer(*std::ranges::find(filter.posts, id, &social::FilterPost::id));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr auto kPut = http::Method::kPut;
constexpr auto kDelete = http::Method::kDelete;
constexpr std::string_view kRead = "read:filters";
constexpr std::string_view kWrite = "write:filters";
constexpr Route kRoutes[] = {
    {kGet, "/api/v2/filters", Auth::kUser, kRead, list_filters},
    {kPost, "/api/v2/filters", Auth::kUser, kWrite, create_filter},
    {kGet, "/api/v2/filters/:id", Auth::kUser, kRead, show_filter},
    {kPut, "/api/v2/filters/:id", Auth::kUser, kWrite, update_filter},
    {kDelete, "/api/v2/filters/:id", Auth::kUser, kWrite, remove_filter},
    {kGet, "/api/v2/filters/:id/keywords", Auth::kUser, kRead, list_keywords},
    {kPost, "/api/v2/filters/:id/keywords", Auth::kUser, kWrite, add_keyword},
    {kGet, "/api/v2/filters/keywords/:id", Auth::kUser, kRead, show_keyword},
    {kPut, "/api/v2/filters/keywords/:id", Auth::kUser, kWrite, update_keyword},
    {kDelete, "/api/v2/filters/keywords/:id", Auth::kUser, kWrite, remove_keyword},
    {kGet, "/api/v2/filters/:id/statuses", Auth::kUser, kRead, list_posts},
    {kPost, "/api/v2/filters/:id/statuses", Auth::kUser, kWrite, add_post},
    {kGet, "/api/v2/filters/statuses/:id", Auth::kUser, kRead, show_post},
    {kDelete, "/api/v2/filters/statuses/:id", Auth::kUser, kWrite, remove_post},
};

}  // namespace

Routes filter_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
