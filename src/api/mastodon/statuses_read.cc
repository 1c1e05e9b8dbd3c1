#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "social/privacy.h"
#include "social/text/render.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const PostId id, call.path_id<PostId>());
    CO_TRY(auto item, co_await visible_status(call, id));
    CO_TRY(auto response, co_await status_answer(call, std::move(item)));
    response.etag = true;
    co_return response;
}

/// `id[]=1&id[]=2`: those of them that the caller may see.
Task<Result<http::Response>> show_many(Call call) {
    constexpr std::size_t kIdsMax = 100;
    std::vector<PostId> ids;
    for (const std::string_view text : call.params().list("id")) {
        const auto id = parse_id<PostId>(text);
        if (id && ids.size() < kIdsMax && std::ranges::find(ids, *id) == ids.end()) {
            ids.push_back(*id);
        }
    }
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto page,
        co_await call.services().timelines.present(std::move(viewer), std::move(ids), false)
    );
    co_return co_await statuses_answer(call, std::move(page));
}

Task<Result<http::Response>> context(Call call) {
    CO_TRY(auto item, co_await visible_original(call));
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(auto thread, co_await call.services().threads.context(item.post, viewer));
    CO_TRY(auto ancestors, co_await with_authors(call, std::move(thread.ancestors)));
    CO_TRY(auto descendants, co_await with_authors(call, std::move(thread.descendants)));
    StatusView& view = call.api.status_view;
    CO_TRY(const auto above, co_await view.render_page(std::move(ancestors), viewer));
    CO_TRY(const auto below, co_await view.render_page(std::move(descendants), viewer));
    std::string json;
    json.reserve(above.size() + below.size() + 40);
    json += R"({"ancestors":)";
    json += above;
    json += R"(,"descendants":)";
    json += below;
    json += '}';
    http::Response response = http::Response::json(std::move(json));
    response.etag = true;
    co_return response;
}

void write_edit(
    JsonWriter& json,
    const social::PostEdit& edit,
    std::string_view account,
    std::string_view base_url
) {
    json.begin_object()
        .field("content", with_base_url(edit.content_html, base_url))
        .field("spoiler_text", edit.spoiler_text)
        .field("sensitive", edit.sensitive)
        .field("created_at", iso8601_ms(edit.at_ms))
        .raw_field("account", account)
        .null_field("poll")
        .null_field("quote")
        .raw_field("media_attachments", "[]")
        .raw_field("emojis", "[]")
        .end_object();
}

Task<Result<http::Response>> history(Call call) {
    CO_TRY(const auto item, co_await visible_original(call));
    CO_TRY(const auto versions, co_await call.services().posts.history(item.post->id));
    CO_TRY(const auto account, co_await call.api.account_view.render(item.author));
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    for (const social::PostEdit& version : versions) {
        write_edit(json, version, *account, call.api.config.base_url);
    }
    json.end_array();
    co_return http::Response::json(std::move(out));
}

Task<Result<http::Response>> source(Call call) {
    CO_TRY(const auto item, co_await visible_original(call));
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("id", to_string(item.post->id))
        .field("text", item.post->text)
        .field("spoiler_text", item.post->spoiler_text)
        .end_object();
    co_return http::Response::json(std::move(out));
}

/// Posts that quote this one: quoting is not offered, so there are none.
Task<Result<http::Response>> quotes(Call call) {
    CO_TRY(const auto item, co_await visible_original(call));
    co_return http::Response::json("[]");
}

/// As a Mastodon server without a translation service answers.
Task<Result<http::Response>> translate(Call call) {
    CO_TRY(const auto item, co_await visible_original(call));
    co_return fail(ErrorCode::kNotFound, "Translation is not available on this server");
}

Task<Result<http::Response>> account_statuses(Call call) {
    CO_TRY(const AccountId id, call.path_id<AccountId>());
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    const http::Params& params = call.params();
    CO_TRY(auto account, co_await call.services().accounts.find(id));
    CO_TRY(auto viewer, co_await call.viewer());
    if (!social::can_browse(viewer.get(), *account)) {
        co_return http::Response::json("[]");
    }
    if (params.get_bool("pinned").value_or(false)) {
        CO_TRY(const auto pins, co_await call.services().reactions.pins(id));
        std::vector<PostId> ids;
        for (const social::MarkedPost& pin : pins) {
            ids.push_back(pin.post);
        }
        CO_TRY(
            auto pinned,
            co_await call.services().timelines.present(std::move(viewer), std::move(ids), false)
        );
        co_return co_await statuses_answer(call, std::move(pinned));
    }
    feed::AccountQuery query{
        .exclude_replies = params.get_bool("exclude_replies").value_or(false),
        .exclude_boosts = params.get_bool("exclude_reblogs").value_or(false),
        .only_media = params.get_bool("only_media").value_or(false),
    };
    if (const std::string_view tagged = params.get_or("tagged", ""); !tagged.empty()) {
        const auto tags = social::text::find_tags("#" + std::string(tagged));
        if (tags.empty()) {
            co_return http::Response::json("[]");
        }
        query.tag = tags.front();
    }
    CO_TRY(
        auto page,
        co_await call.services().timelines.account_posts(
            std::move(viewer), std::move(account), std::move(query), request
        )
    );
    co_return co_await timeline_answer(call, std::move(page));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr std::string_view kRead = "read:statuses";

constexpr std::array kRoutes{
    Route{kGet, "/api/v1/statuses", Auth::kOptional, kRead, show_many},
    Route{kGet, "/api/v1/statuses/:id", Auth::kOptional, kRead, show},
    Route{kGet, "/api/v1/statuses/:id/context", Auth::kOptional, kRead, context},
    Route{kGet, "/api/v1/statuses/:id/history", Auth::kOptional, kRead, history},
    Route{kGet, "/api/v1/statuses/:id/source", Auth::kUser, kRead, source},
    Route{kGet, "/api/v1/statuses/:id/quotes", Auth::kOptional, kRead, quotes},
    Route{kPost, "/api/v1/statuses/:id/translate", Auth::kOptional, kRead, translate},
    Route{kGet, "/api/v1/accounts/:id/statuses", Auth::kOptional, kRead, account_statuses},
};

}  // namespace

Routes status_read_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
