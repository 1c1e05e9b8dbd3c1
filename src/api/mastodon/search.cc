#include "api/mastodon/account_search.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "api/mastodon/tag_view.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "discover/tags/tag_search.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

/// The part of one of our own addresses after the host: "@bob/123", "users/bob/statuses/123".
std::optional<std::string_view> own_path(const ApiConfig& config, std::string_view text) {
    const std::string prefix = config.base_url + "/";
    if (!text.starts_with(prefix)) {
        return std::nullopt;
    }
    return text.substr(prefix.size());
}

/// The post that an address of ours names.
std::optional<PostId> post_in_path(std::string_view path) {
    const bool is_page = path.starts_with('@') && path.find('/') != std::string_view::npos;
    const bool is_object = path.starts_with("users/") && path.find("/statuses/") != path.npos;
    if (!is_page && !is_object) {
        return std::nullopt;
    }
    return parse_id<PostId>(path.substr(path.rfind('/') + 1));
}

/// The name that an address of ours names: "@bob" or "users/bob".
std::string name_in_path(std::string_view path) {
    if (path.starts_with("users/")) {
        path.remove_prefix(6);
    } else if (path.starts_with('@')) {
        path.remove_prefix(1);
    } else {
        return {};
    }
    return path.find('/') == std::string_view::npos ? std::string(path) : std::string();
}

Task<Result<std::vector<social::AccountPtr>>> find_accounts(Call call, std::string query) {
    CO_TRY(const auto offset, parse_offset(call, kStatusPage));
    const bool only_following = call.params().get_bool("following").value_or(false);
    if (const auto path = own_path(call.api.config, query)) {
        query = name_in_path(*path);
    }
    std::vector<social::AccountPtr> none;
    if (query.empty() || query.starts_with('#')) {
        co_return none;
    }
    co_return co_await search_accounts(call, std::move(query), offset, only_following);
}

/// The post whose address was typed.
Task<Result<feed::CardPage>> find_post_at(Call call, std::string_view path) {
    std::vector<PostId> ids;
    if (const auto id = post_in_path(path)) {
        ids.push_back(*id);
    }
    CO_TRY(auto viewer, co_await call.viewer());
    co_return co_await call.services().timelines.present(std::move(viewer), std::move(ids), false);
}

/// "order" is ours: "newest" (as Mastodon answers) or "relevance".
Result<ports::SearchOrder> parse_order(const Call& call) {
    const std::string_view order = call.params().get_or("order", "newest");
    if (order == "newest" || order.empty()) {
        return ports::SearchOrder::kNewest;
    }
    if (order == "relevance") {
        return ports::SearchOrder::kRelevance;
    }
    return fail(ErrorCode::kInvalid, "Validation failed: order is neither newest nor relevance");
}

Result<discover::PostSearchRequest> parse_post_search(const Call& call, std::string query) {
    TRY(const social::PageRequest page, parse_page(call, kStatusPage));
    TRY(const Offset offset, parse_offset(call, kStatusPage));
    discover::PostSearchRequest request;
    TRY(request.order, parse_order(call));
    request.text = std::move(query);
    request.languages = call.api.config.languages;
    request.languages.push_back(call.account->default_language);
    request.above = std::max(page.min_id, page.since_id);
    if (page.max_id != 0) {
        request.below = page.max_id;
    }
    request.offset = offset.offset;
    request.limit = offset.limit;
    const std::string_view author = call.params().get_or("account_id", "");
    if (!author.empty()) {
        const auto id = parse_id<AccountId>(author);
        if (!id) {
            return fail(ErrorCode::kInvalid, "Validation failed: account_id is no id");
        }
        request.author = *id;
    }
    return request;
}

/// As in Mastodon, texts are for those who are signed in.
Task<Result<feed::CardPage>> find_posts(Call call, std::string query) {
    if (const auto path = own_path(call.api.config, trim_ascii(query))) {
        co_return co_await find_post_at(call, *path);
    }
    if (!call.signed_in()) {
        co_return feed::CardPage{};
    }
    CO_TRY(auto request, parse_post_search(call, std::move(query)));
    CO_TRY(auto viewer, co_await call.viewer());
    co_return co_await call.services().post_search.find(std::move(viewer), std::move(request));
}

/// Hashtags that begin with what was typed, as entities.
Task<Result<std::vector<std::string>>> find_tags(Call call, std::string query) {
    CO_TRY(const auto page, parse_offset(call, kStatusPage));
    CO_TRY(const auto viewer, co_await call.viewer());
    const Services& services = call.services();
    CO_TRY(
        const auto tags,
        co_await services.tag_search.find(viewer, std::move(query), page.offset, page.limit)
    );
    std::vector<std::string> entities;
    for (const std::string& tag : tags) {
        CO_TRY(const auto history, co_await services.hashtags.history(tag));
        std::optional<bool> following;
        if (viewer) {
            following = std::ranges::binary_search(viewer->tags, tag);
        }
        entities.push_back(render_tag(call.api.config, tag, history, following));
    }
    co_return entities;
}

Task<Result<http::Response>> search(Call call) {
    // A space behind the last word says that it is whole.
    const std::string typed(call.params().get_or("q", ""));
    const std::string query(trim_ascii(typed));
    const std::string type(call.params().get_or("type", ""));
    if (query.empty()) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: q is missing");
    }
    if (!type.empty() && type != "accounts" && type != "hashtags" && type != "statuses") {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: type is none of accounts, hashtags, statuses"
        );
    }
    std::vector<social::AccountPtr> found_accounts;
    std::vector<std::string> tags;
    feed::CardPage posts;
    if (type.empty() || type == "accounts") {
        CO_TRY(found_accounts, co_await find_accounts(call, query));
    }
    if (type.empty() || type == "hashtags") {
        CO_TRY(tags, co_await find_tags(call, query));
    }
    if (type.empty() || type == "statuses") {
        CO_TRY(posts, co_await find_posts(call, typed));
    }
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(
        const auto accounts, co_await call.api.account_view.render_many(std::move(found_accounts))
    );
    std::string before;
    JsonWriter json(before);
    json.begin_object().key("accounts").begin_array();
    for (const http::Fragment& account : accounts) {
        json.raw(*account);
    }
    json.end_array().key("hashtags").begin_array();
    for (const std::string& tag : tags) {
        json.raw(tag);
    }
    json.end_array();
    before += R"(,"statuses":)";
    CO_TRY(
        auto found,
        co_await call.api.status_view.render_array(
            std::move(posts), viewer, {.before = std::move(before), .after = "}"}
        )
    );
    http::Response response = http::Response::json("");
    response.fragments.push_back(std::move(found));
    co_return response;
}

constexpr std::string_view kScope = "read:search";
constexpr std::string_view kSearch2 = "/api/v2/search";
constexpr std::string_view kSearch1 = "/api/v1/search";
constexpr std::array kRoutes{
    Route{http::Method::kGet, kSearch2, Auth::kOptional, kScope, search, RateClass::kSearch},
    Route{http::Method::kGet, kSearch1, Auth::kOptional, kScope, search, RateClass::kSearch},
};

}  // namespace

Routes search_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
