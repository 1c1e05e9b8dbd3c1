#include "api/mastodon/early_suggestions.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/json_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

using discover::Suggestion;
using discover::SuggestionSource;

struct SourceName {
    SuggestionSource source;
    std::string_view name;
    std::string_view legacy;  ///< of the member "source", which newer clients do not read
};
/// In the order in which they are named: the first one decides the legacy name.
constexpr SourceName kSourceNames[] = {
    {discover::kFeatured, "featured", "staff"},
    {discover::kFriendsOfFriends, "friends_of_friends", "past_interactions"},
    {discover::kSimilarToRecentlyFollowed, "similar_to_recently_followed", "past_interactions"},
    {discover::kMostFollowed, "most_followed", "global"},
};

/// The page of the caller's suggestions that they ask for.
Task<Result<std::vector<Suggestion>>> suggest(Call call) {
    CO_TRY(const auto page, parse_offset(call, kAccountPage));
    CO_TRY(auto viewer, co_await call.viewer());
    auto all = call.services().suggestions.ready()
                   ? co_await call.services().suggestions.of(std::move(viewer))
                   : co_await early_suggestions(call, std::move(viewer));
    if (!all) {
        co_return std::move(all).error();
    }
    const auto first =
        all->begin() + static_cast<std::ptrdiff_t>(std::min(page.offset, all->size()));
    all->erase(all->begin(), first);
    all->resize(std::min(all->size(), page.limit));
    co_return std::move(*all);
}

std::vector<social::AccountPtr> accounts_of(const std::vector<Suggestion>& suggestions) {
    std::vector<social::AccountPtr> accounts;
    std::ranges::transform(suggestions, std::back_inserter(accounts), &Suggestion::account);
    return accounts;
}

void write_sources(JsonWriter& json, std::uint8_t sources) {
    const auto first = std::ranges::find_if(kSourceNames, [sources](const SourceName& name) {
        return (sources & name.source) != 0;
    });
    json.field("source", first->legacy).key("sources").begin_array();
    for (const SourceName& name : kSourceNames) {
        if ((sources & name.source) != 0) {
            json.string(name.name);
        }
    }
    json.end_array();
}

Task<Result<http::Response>> suggestions_v1(Call call) {
    CO_TRY(const auto suggestions, co_await suggest(call));
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(accounts_of(suggestions))
    );
    co_return json_array(rendered);
}

Task<Result<http::Response>> suggestions_v2(Call call) {
    CO_TRY(const auto suggestions, co_await suggest(call));
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(accounts_of(suggestions))
    );
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        json.begin_object();
        write_sources(json, suggestions[i].sources);
        json.raw_field("account", *rendered[i]).end_object();
    }
    json.end_array();
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> dismiss(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_CHECK(co_await call.services().accounts.find(id));
    CO_CHECK(co_await call.services().dismissed_suggestions.add(call.account_id(), id));
    co_return http::Response::json("{}");
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/suggestions", Auth::kUser, "read:accounts", suggestions_v1},
    {kGet, "/api/v2/suggestions", Auth::kUser, "read:accounts", suggestions_v2},
    {http::Method::kDelete, "/api/v1/suggestions/:id", Auth::kUser, "write:accounts", dismiss},
};

}  // namespace

Routes suggestion_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
