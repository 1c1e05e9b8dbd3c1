#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/relation_list.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> blocks(Call call) {
    social::Follows& follows = call.services().follows;
    auto response = co_await answer_relations_of(
        call,
        [&follows, id = call.account_id()](social::PageRequest page) {
            return follows.blocks(id, page);
        },
        LeftOut::kSuspended
    );
    co_return response;
}

Task<Result<http::Response>> follow_requests(Call call) {
    social::Follows& follows = call.services().follows;
    auto response = co_await answer_relations_of(
        call,
        [&follows, id = call.account_id()](social::PageRequest page) {
            return follows.requests(id, page);
        },
        LeftOut::kSuspended
    );
    co_return response;
}

/// MutedAccount: an Account with one member more.
http::Fragment with_mute_expiry(const http::Fragment& account, std::int64_t expires_at_ms) {
    std::string out = account->substr(0, account->size() - 1);
    out += ",\"mute_expires_at\":";
    out += expires_at_ms == 0 ? "null" : "\"" + iso8601_ms(expires_at_ms) + "\"";
    out += "}";
    return std::make_shared<const std::string>(std::move(out));
}

Task<Result<http::Response>> mutes(Call call) {
    social::Follows& follows = call.services().follows;
    CO_TRY(const auto page, parse_page(call, kAccountPage));
    CO_TRY(
        auto list,
        co_await read_relations(
            call,
            [&follows, id = call.account_id()](social::PageRequest part) {
                return follows.mutes(id, part);
            },
            page,
            LeftOut::kSuspended
        )
    );
    std::vector<AccountId> ids;
    for (const social::RelationEntry& entry : list.entries) {
        ids.push_back(entry.account);
    }
    CO_TRY(
        const auto relationships, co_await follows.relationships(call.account_id(), std::move(ids))
    );
    CO_TRY(auto rendered, co_await call.api.account_view.render_many(std::move(list.accounts)));
    for (std::size_t i = 0; i < rendered.size(); ++i) {
        rendered[i] = with_mute_expiry(rendered[i], relationships[i].mute_expires_at_ms);
    }
    http::Response response = json_array(rendered);
    if (!list.entries.empty()) {
        add_relation_links(
            call,
            list.entries.front().id.value,
            list.entries.back().id.value,
            list.full_page,
            response
        );
    }
    co_return response;
}

constexpr auto kGet = http::Method::kGet;
constexpr Route kRoutes[] = {
    {kGet, "/api/v1/blocks", Auth::kUser, "read:blocks", blocks},
    {kGet, "/api/v1/mutes", Auth::kUser, "read:mutes", mutes},
    {kGet, "/api/v1/follow_requests", Auth::kUser, "read:follows", follow_requests},
};

}  // namespace

Routes relation_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
