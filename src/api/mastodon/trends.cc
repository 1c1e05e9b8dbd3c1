#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "api/mastodon/tag_view.h"
#include "api/mastodon/trend_view.h"
#include "base/encoding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What everybody talks about, for whoever asks.
namespace rookery::api::mastodon {

namespace {

using discover::trends::Audience;
using discover::trends::Kind;
using discover::trends::Trend;

constexpr PageSize kTrendPage{10, 20};

/// Which posts and links come first: those in the language that the caller writes in, or asked for,
/// or that their program prefers.
std::vector<std::string> preferred_languages(const Call& call) {
    if (call.signed_in() && !call.account->default_language.empty()) {
        return {call.account->default_language};
    }
    std::string_view language = call.params().get_or("lang", "");
    if (language.empty()) {
        language = call.request->header("accept-language").value_or("");
    }
    // "de-AT, de;q=0.9": the first is preferred, and posts know no regions.
    language = language.substr(0, language.find_first_of(",;-_ "));
    return language.empty() ? std::vector<std::string>{}
                            : std::vector<std::string>{ascii_lower(language)};
}

template <class T>
std::vector<T> slice(std::vector<T> all, Offset page) {
    const std::size_t skipped = std::min(page.offset, all.size());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(skipped));
    all.erase(
        all.begin() + static_cast<std::ptrdiff_t>(std::min(page.limit, all.size())), all.end()
    );
    return all;
}

Task<Result<http::Response>> tags(Call call) {
    CO_TRY(const auto page, parse_offset(call, kTrendPage));
    CO_TRY(const auto viewer, co_await call.viewer());
    const auto trends =
        slice(call.services().trends.list(Kind::kTag, Audience::kEverybody, {}), page);
    std::vector<std::string> entities;
    for (const Trend& trend : trends) {
        std::optional<bool> following;
        if (viewer) {
            following = viewer->follows_one_of({trend.name});
        }
        entities.push_back(render_tag(call.api.config, trend.name, trend.history, following));
    }
    http::Response response = json_array(entities);
    add_offset_links(call, page, entities.size() == page.limit, response);
    co_return response;
}

Task<Result<http::Response>> links(Call call) {
    CO_TRY(const auto page, parse_offset(call, kTrendPage));
    const auto trends = slice(
        call.services().trends.list(Kind::kLink, Audience::kEverybody, preferred_languages(call)),
        page
    );
    std::vector<std::string> entities;
    for (const Trend& trend : trends) {
        entities.push_back(render_trending_link(trend));
    }
    http::Response response = json_array(entities);
    add_offset_links(call, page, entities.size() == page.limit, response);
    co_return response;
}

Task<Result<http::Response>> statuses(Call call) {
    CO_TRY(const auto page, parse_offset(call, kStatusPage));
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(
        auto posts,
        co_await call.services().trends.posts(
            std::move(viewer), Audience::kEverybody, preferred_languages(call)
        )
    );
    posts = slice(std::move(posts), page);
    const bool is_full = posts.size() == page.limit;
    CO_TRY(auto response, co_await statuses_answer(call, std::move(posts)));
    add_offset_links(call, page, is_full, response);
    co_return response;
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/trends", Auth::kOptional, kAnyScope, tags},
    {kGet, "/api/v1/trends/tags", Auth::kOptional, kAnyScope, tags},
    {kGet, "/api/v1/trends/links", Auth::kOptional, kAnyScope, links},
    {kGet, "/api/v1/trends/statuses", Auth::kOptional, kAnyScope, statuses},
};

}  // namespace

Routes trend_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
