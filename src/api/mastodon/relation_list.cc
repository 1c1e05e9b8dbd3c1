#include "api/mastodon/relation_list.h"

#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"

#include <utility>

namespace rookery::api::mastodon {

namespace {

/// So that one request does not walk through a list of nothing but suspended accounts.
constexpr int kRoundsMax = 8;

bool is_left_out(
    const social::AccountPtr& account,
    const social::ViewerPtr& viewer,
    LeftOut left_out
) {
    if (!account || account->suspended) {
        return true;
    }
    return left_out == LeftOut::kSuspendedAndBlocked && viewer &&
           (viewer->blocks(account->id) || viewer->is_blocked_by(account->id));
}

}  // namespace

Task<Result<RelationList>>
read_relations(Call call, RelationSource source, social::PageRequest page, LeftOut left_out) {
    CO_TRY(const auto viewer, co_await call.viewer());
    const bool upwards = page.min_id != 0;
    RelationList list;
    for (int round = 0; round < kRoundsMax && list.entries.size() < page.limit; ++round) {
        social::PageRequest part = page;
        part.limit = page.limit - list.entries.size();
        CO_TRY(const auto entries, co_await source(part));
        if (entries.empty()) {
            break;
        }
        std::vector<AccountId> ids;
        ids.reserve(entries.size());
        for (const social::RelationEntry& entry : entries) {
            ids.push_back(entry.account);
        }
        CO_TRY(const auto accounts, co_await call.services().accounts.find_many(std::move(ids)));
        RelationList kept;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!is_left_out(accounts[i], viewer, left_out)) {
                kept.entries.push_back(entries[i]);
                kept.accounts.push_back(accounts[i]);
            }
        }
        // Upwards each part is newer than what there is already, downwards older.
        RelationList& front = upwards ? kept : list;
        RelationList& back = upwards ? list : kept;
        front.entries.insert(front.entries.end(), back.entries.begin(), back.entries.end());
        front.accounts.insert(front.accounts.end(), back.accounts.begin(), back.accounts.end());
        if (upwards) {
            list = std::move(kept);
            page.min_id = entries.front().id.value;
        } else {
            page.max_id = entries.back().id.value;
        }
        if (entries.size() < part.limit) {
            break;
        }
    }
    list.full_page = list.entries.size() >= page.limit;
    co_return list;
}

Task<Result<http::Response>> answer_relations(Call call, RelationList list) {
    CO_TRY(
        const auto rendered, co_await call.api.account_view.render_many(std::move(list.accounts))
    );
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

Task<Result<http::Response>>
answer_relations_of(Call call, RelationSource source, LeftOut left_out) {
    CO_TRY(const auto page, parse_page(call, kAccountPage));
    CO_TRY(auto list, co_await read_relations(call, std::move(source), page, left_out));
    auto response = co_await answer_relations(call, std::move(list));
    co_return response;
}

}  // namespace rookery::api::mastodon
