#include "api/mastodon/filter_view.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"

#include <algorithm>
#include <utility>

/// Filters as apps before version 2 know them: each keyword is one.
namespace rookery::api::mastodon {

namespace {

http::Response answer(const social::Filter& filter, const social::FilterKeyword& keyword) {
    std::string body;
    JsonWriter json(body);
    write_v1_filter(json, filter, keyword);
    return http::Response::json(std::move(body));
}

/// phrase, whole_word, irreversible, context[] and expires_in.
Result<void> apply(const Call& call, social::Filter& filter, social::FilterKeyword& keyword) {
    const http::Params& params = call.params();
    if (auto applied = apply_filter_scope(call, filter); !applied) {
        return applied;
    }
    if (const auto phrase = params.get("phrase")) {
        keyword.keyword = trim_ascii(*phrase);
    }
    if (keyword.keyword.empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: phrase can't be blank");
    }
    keyword.whole_word = params.get_bool("whole_word").value_or(keyword.whole_word);
    if (const auto hidden = params.get_bool("irreversible")) {
        filter.action = *hidden ? social::FilterAction::kHide : social::FilterAction::kWarn;
    }
    return {};
}

Task<Result<http::Response>> list_filters(Call call) {
    CO_TRY(const auto filters, co_await call.services().filters.all(call.account_id()));
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const social::Filter& filter : filters) {
        for (const social::FilterKeyword& keyword : filter.keywords) {
            write_v1_filter(json, filter, keyword);
        }
    }
    json.end_array();
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> show_filter(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto filter, co_await call.services().filters.with_keyword(call.account_id(), id));
    co_return answer(filter, *std::ranges::find(filter.keywords, id, &social::FilterKeyword::id));
}

Task<Result<http::Response>> create_filter(Call call) {
    social::Filter filter;
    social::FilterKeyword keyword;
    keyword.whole_word = false;
    CO_CHECK(apply(call, filter, keyword));
    filter.title = keyword.keyword;
    filter.keywords.push_back(std::move(keyword));
    CO_TRY(
        const auto made,
        co_await call.services().filters.create(call.account_id(), std::move(filter))
    );
    co_return answer(made, made.keywords.front());
}

Task<Result<http::Response>> update_filter(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(const auto found, co_await call.services().filters.with_keyword(call.account_id(), id));
    CO_TRY(
        const auto changed,
        co_await call.services().filters.change(
            call.account_id(),
            found.id,
            [&](social::Filter& filter) -> Result<void> {
                const auto place =
                    std::ranges::find(filter.keywords, id, &social::FilterKeyword::id);
                if (place == filter.keywords.end()) {
                    return fail(ErrorCode::kNotFound, "Record not found");
                }
                return apply(call, filter, *place);
            }
        )
    );
    co_return answer(changed, *std::ranges::find(changed.keywords, id, &social::FilterKeyword::id));
}

/// The filter goes with its last keyword.
Task<Result<http::Response>> remove_filter(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    const social::Filters& filters = call.services().filters;
    CO_TRY(const auto found, co_await filters.with_keyword(call.account_id(), id));
    if (found.keywords.size() == 1 && found.posts.empty()) {
        CO_CHECK(co_await filters.remove(call.account_id(), found.id));
        co_return http::Response::json("{}");
    }
    CO_CHECK(co_await filters.change(
        call.account_id(),
        found.id,
        [id](social::Filter& filter) -> Result<void> {
            std::erase_if(filter.keywords, [id](const auto& keyword) { return keyword.id == id; });
            return {};
        }
    ));
    co_return http::Response::json("{}");
}

constexpr std::string_view kRead = "read:filters";
constexpr std::string_view kWrite = "write:filters";
constexpr Route kRoutes[] = {
    {http::Method::kGet, "/api/v1/filters", Auth::kUser, kRead, list_filters},
    {http::Method::kPost, "/api/v1/filters", Auth::kUser, kWrite, create_filter},
    {http::Method::kGet, "/api/v1/filters/:id", Auth::kUser, kRead, show_filter},
    {http::Method::kPut, "/api/v1/filters/:id", Auth::kUser, kWrite, update_filter},
    {http::Method::kDelete, "/api/v1/filters/:id", Auth::kUser, kWrite, remove_filter},
};

}  // namespace

Routes filter_v1_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
