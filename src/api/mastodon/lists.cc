#include "social/lists.h"

#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

void write_list(JsonWriter& json, const social::List& list) {
    json.begin_object()
        .field("id", to_string(list.id))
        .field("title", list.title)
        .field("replies_policy", social::to_string(list.replies))
        .field("exclusive", list.exclusive)
        .end_object();
}

http::Response list_answer(const social::List& list) {
    std::string out;
    JsonWriter json(out);
    write_list(json, list);
    return http::Response::json(std::move(out));
}

http::Response lists_answer(const std::vector<social::List>& lists) {
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    for (const social::List& list : lists) {
        write_list(json, list);
    }
    json.end_array();
    return http::Response::json(std::move(out));
}

Result<social::ListChanges> list_changes(const Call& call) {
    const http::Params& params = call.params();
    social::ListChanges changes;
    if (const auto title = params.get("title")) {
        changes.title = std::string(*title);
    }
    if (const std::string_view text = params.get_or("replies_policy", ""); !text.empty()) {
        changes.replies = social::parse_replies_policy(text);
        if (!changes.replies) {
            return fail(
                ErrorCode::kInvalid,
                "Validation failed: replies_policy is none of followed, list, none"
            );
        }
    }
    changes.exclusive = params.get_bool("exclusive");
    if (!changes.exclusive && !params.get_or("exclusive", "").empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: exclusive is neither true nor false");
    }
    return changes;
}

Task<Result<http::Response>> all(Call call) {
    CO_TRY(const auto lists, co_await call.services().lists.all(call.account->id));
    co_return lists_answer(lists);
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(const auto list, co_await call.services().lists.find(call.account->id, id));
    co_return list_answer(list);
}

Task<Result<http::Response>> create(Call call) {
    CO_TRY(auto changes, list_changes(call));
    CO_TRY(
        const auto list, co_await call.services().lists.create(call.account->id, std::move(changes))
    );
    co_return list_answer(list);
}

Task<Result<http::Response>> update(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(auto changes, list_changes(call));
    CO_TRY(
        const auto list,
        co_await call.services().lists.update(call.account->id, id, std::move(changes))
    );
    co_return list_answer(list);
}

Task<Result<http::Response>> remove(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_CHECK(co_await call.services().lists.remove(call.account->id, id));
    co_return http::Response::json("{}");
}

/// Pages by the members' own ids, newest account first; `limit=0` is everybody.
Task<Result<http::Response>> members(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(const auto request, parse_page(call, kAccountPage));
    CO_TRY(auto ids, co_await call.services().lists.members(call.account->id, id));
    std::ranges::reverse(ids);
    const bool everybody = call.params().get_or("limit", "") == "0";
    const std::size_t limit = everybody ? ids.size() : request.limit;
    const std::uint64_t floor = std::max(request.since_id, request.min_id);
    std::erase_if(ids, [&](AccountId member) {
        return member.value <= floor || (request.max_id != 0 && member.value >= request.max_id);
    });
    const bool full_page = ids.size() > limit;
    if (full_page && request.min_id != 0) {
        ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(limit));
    } else if (full_page) {
        ids.resize(limit);
    }
    const std::uint64_t first = ids.empty() ? 0 : ids.front().value;
    const std::uint64_t last = ids.empty() ? 0 : ids.back().value;
    CO_TRY(const auto accounts, co_await call.api.account_view.render_ids(std::move(ids)));
    http::Response response = json_array(accounts);
    add_relation_links(call, first, last, full_page, response);
    co_return response;
}

Result<std::vector<AccountId>> account_ids(const Call& call) {
    std::vector<AccountId> ids;
    for (const std::string_view text : call.params().list("account_ids")) {
        const auto id = parse_id<AccountId>(text);
        if (!id) {
            return fail(ErrorCode::kInvalid, "Validation failed: account_ids are not all ids");
        }
        ids.push_back(*id);
    }
    return ids;
}

Task<Result<http::Response>> add_members(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(auto ids, account_ids(call));
    CO_CHECK(co_await call.services().lists.add_members(call.account->id, id, std::move(ids)));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> remove_members(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(auto ids, account_ids(call));
    CO_CHECK(co_await call.services().lists.remove_members(call.account->id, id, std::move(ids)));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> containing(Call call) {
    CO_TRY(const AccountId member, call.path_id<AccountId>());
    CO_TRY(const auto account, co_await call.services().accounts.find(member));
    CO_TRY(
        const auto lists, co_await call.services().lists.containing(call.account->id, account->id)
    );
    co_return lists_answer(lists);
}

Task<Result<http::Response>> timeline(Call call) {
    CO_TRY(const ListId id, call.path_id<ListId>());
    CO_TRY(const auto request, parse_page(call, kStatusPage));
    CO_TRY(auto list, co_await call.services().lists.feed(call.account->id, id));
    CO_TRY(
        auto page,
        co_await call.services().home_feed.list_page(call.account->id, std::move(list), request)
    );
    co_return co_await timeline_answer(call, std::move(page));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr auto kPut = http::Method::kPut;
constexpr auto kDelete = http::Method::kDelete;
constexpr std::string_view kRead = "read:lists";
constexpr std::string_view kWrite = "write:lists";

constexpr std::array kRoutes{
    Route{kGet, "/api/v1/lists", Auth::kUser, kRead, all},
    Route{kPost, "/api/v1/lists", Auth::kUser, kWrite, create},
    Route{kGet, "/api/v1/lists/:id", Auth::kUser, kRead, show},
    Route{kPut, "/api/v1/lists/:id", Auth::kUser, kWrite, update},
    Route{kDelete, "/api/v1/lists/:id", Auth::kUser, kWrite, remove},
    Route{kGet, "/api/v1/lists/:id/accounts", Auth::kUser, kRead, members},
    Route{kPost, "/api/v1/lists/:id/accounts", Auth::kUser, kWrite, add_members},
    Route{kDelete, "/api/v1/lists/:id/accounts", Auth::kUser, kWrite, remove_members},
    Route{kGet, "/api/v1/accounts/:id/lists", Auth::kUser, kRead, containing},
    Route{kGet, "/api/v1/timelines/list/:id", Auth::kUser, kRead, timeline},
};

}  // namespace

Routes list_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
