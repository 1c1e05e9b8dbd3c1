#include "api/mastodon/admin_account_view.h"
#include "api/mastodon/admin_route.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

/// What people reported, for those who look after the house (Mastodon's admin API).
namespace rookery::api::mastodon {

namespace {

/// Whom reports speak of, each rendered once.
using Rendered = std::unordered_map<AccountId, std::string>;

Task<Result<Rendered>> render_accounts(Call call, const std::vector<social::Report>* reports) {
    std::vector<AccountId> ids;
    for (const social::Report& report : *reports) {
        for (const AccountId id :
             {report.reporter, report.target, report.assigned_to, report.resolved_by}) {
            if (id && std::ranges::count(ids, id) == 0) {
                ids.push_back(id);
            }
        }
    }
    CO_TRY(auto accounts, co_await call.services().accounts.find_many(ids));
    std::erase(accounts, nullptr);
    CO_TRY(auto entities, co_await render_for_admins(call, accounts));
    Rendered out;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        out.emplace(accounts[i]->id, std::move(entities[i]));
    }
    co_return out;
}

/// The posts that are still there; a moderator sees them whoever may.
Task<Result<std::vector<std::string>>> render_posts(Call call, social::Report report) {
    CO_TRY(const auto posts, co_await call.services().posts.find_many(report.posts));
    std::vector<AccountId> authors{report.target};
    CO_TRY(const auto found, co_await call.services().accounts.find_many(std::move(authors)));
    feed::Page page;
    for (const social::PostPtr& post : posts) {
        if (post && found.front() && post->author == report.target) {
            page.push_back({post, found.front(), nullptr, nullptr});
        }
    }
    CO_TRY(const auto viewer, co_await call.viewer());
    auto statuses = co_await call.api.status_view.render_each(std::move(page), viewer);
    co_return statuses;
}

void write_account(
    JsonWriter& json,
    std::string_view name,
    const Rendered& rendered,
    AccountId account
) {
    const auto found = rendered.find(account);
    if (found == rendered.end()) {
        json.null_field(name);
    } else {
        json.raw_field(name, found->second);
    }
}

void write_rules(JsonWriter& json, const Call& call, const social::Report& report) {
    json.key("rules").begin_array();
    for (const std::string& id : report.rule_ids) {
        const auto number = parse_id_digits(id);
        const std::vector<std::string>& rules = call.api.config.rules;
        if (number && *number >= 1 && *number <= rules.size()) {
            json.begin_object()
                .field("id", id)
                .field("text", rules[*number - 1])
                .field("hint", "")
                .end_object();
        }
    }
    json.end_array();
}

Task<Result<std::string>> render_one(Call call, social::Report report, const Rendered* accounts) {
    CO_TRY(const auto statuses, co_await render_posts(call, report));
    std::string out;
    JsonWriter json(out);
    const bool is_resolved = report.resolved_at_ms != 0;
    json.begin_object().field("id", to_string(report.id)).field("action_taken", is_resolved);
    if (is_resolved) {
        json.field("action_taken_at", iso8601_ms(report.resolved_at_ms));
    } else {
        json.null_field("action_taken_at");
    }
    json.field("category", report.category)
        .field("comment", report.comment)
        .field("forwarded", false)
        .field("created_at", iso8601_ms(report.created_at_ms()))
        .field("updated_at", iso8601_ms(std::max(report.created_at_ms(), report.changed_at_ms)));
    write_account(json, "account", *accounts, report.reporter);
    write_account(json, "target_account", *accounts, report.target);
    write_account(json, "assigned_account", *accounts, report.assigned_to);
    write_account(json, "action_taken_by_account", *accounts, report.resolved_by);
    json.key("statuses").begin_array();
    for (const std::string& status : statuses) {
        json.raw(status);
    }
    json.end_array();
    write_rules(json, call, report);
    json.end_object();
    co_return out;
}

Task<Result<http::Response>> list(Call call) {
    CO_TRY(const auto page, parse_page(call, kAdminPage));
    social::ReportQuery query;
    query.resolved = call.params().get_bool("resolved").value_or(false);
    CO_TRY(const auto reporter, call.param_id<AccountId>("account_id"));
    CO_TRY(const auto target, call.param_id<AccountId>("target_account_id"));
    query.reporter = reporter.value_or(AccountId{});
    query.target = target.value_or(AccountId{});
    CO_TRY(const auto reports, co_await call.services().reports.list(page, query));
    CO_TRY(const auto accounts, co_await render_accounts(call, &reports));
    std::vector<std::string> entities;
    for (const social::Report& report : reports) {
        CO_TRY(auto entity, co_await render_one(call, report, &accounts));
        entities.push_back(std::move(entity));
    }
    http::Response response = json_array(entities);
    const std::uint64_t first = reports.empty() ? 0 : reports.front().id.value;
    const std::uint64_t last = reports.empty() ? 0 : reports.back().id.value;
    add_timeline_links(call, first, last, response);
    co_return response;
}

Task<Result<http::Response>> answer(Call call, social::Report report) {
    const std::vector<social::Report> only{report};
    CO_TRY(const auto accounts, co_await render_accounts(call, &only));
    CO_TRY(auto body, co_await render_one(call, std::move(report), &accounts));
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(auto report, co_await call.services().reports.find(id));
    co_return co_await answer(call, std::move(report));
}

Task<Result<http::Response>> assign_to_self(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(auto report, co_await call.services().reports.assign(id, call.account->id));
    co_return co_await answer(call, std::move(report));
}

Task<Result<http::Response>> unassign(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(auto report, co_await call.services().reports.assign(id, AccountId{}));
    co_return co_await answer(call, std::move(report));
}

Task<Result<http::Response>> resolve(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(auto report, co_await call.services().reports.resolve(id, call.account->id));
    co_return co_await answer(call, std::move(report));
}

Task<Result<http::Response>> reopen(Call call) {
    CO_TRY(const auto id, call.path_id<RelationId>());
    CO_TRY(auto report, co_await call.services().reports.reopen(id));
    co_return co_await answer(call, std::move(report));
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr std::string_view kRead = "admin:read:reports";
constexpr std::string_view kWrite = "admin:write:reports";
constexpr Route kRoutes[] = {
    admin_route(kGet, "/api/v1/admin/reports", kRead, list),
    admin_route(kGet, "/api/v1/admin/reports/:id", kRead, show),
    admin_route(kPost, "/api/v1/admin/reports/:id/assign_to_self", kWrite, assign_to_self),
    admin_route(kPost, "/api/v1/admin/reports/:id/unassign", kWrite, unassign),
    admin_route(kPost, "/api/v1/admin/reports/:id/resolve", kWrite, resolve),
    admin_route(kPost, "/api/v1/admin/reports/:id/reopen", kWrite, reopen),
};

}  // namespace

Routes admin_report_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
