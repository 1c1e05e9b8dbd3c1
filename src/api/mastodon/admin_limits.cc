#include "api/mastodon/admin_route.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// The rate limits for those who look after the house: which rules there are, what they said, and
/// whom they refused. Not of Mastodon's API: docs/api/rookery-openapi.json.
namespace rookery::api::mastodon {

namespace {

constexpr limits::Nanos kMillisecond = 1'000'000;

void write_words(JsonWriter& json, std::string_view name, const std::vector<std::string>& words) {
    json.key(name).begin_array();
    for (const std::string& word : words) {
        json.string(word);
    }
    json.end_array();
}

void write_said(JsonWriter& json, const limits::Said& said) {
    json.field("allowed", said.allowed).field("refused", said.refused);
}

void write_rule(JsonWriter& json, const RatePolicy& policy, const limits::CountedRule& counted) {
    const limits::Rule& rule = policy.rule;
    json.begin_object().field("name", rule.name);
    write_words(json, "routes", names_of(policy.groups));
    write_words(json, "per", names_of(policy.per));
    json.field("algorithm", name_of(rule.algorithm))
        .field("amount", rule.quota.amount)
        .field("period_ms", rule.quota.period / kMillisecond)
        .field("burst", capacity(rule))
        .field("shadow", rule.shadow)
        .field("reach", name_of(rule.reach))
        .field("when_lost", name_of(rule.when_lost));
    write_said(json, counted.tally().total());
    json.key("minutes").begin_array();
    for (const limits::Tally::Minute& minute : counted.tally().minutes()) {
        json.begin_object().field("at", iso8601_ms(minute.begins / kMillisecond));
        write_said(json, minute.said);
        json.end_object();
    }
    json.end_array().end_object();
}

/// The account of which a key tells, whose requests or whose sign-in it counts; 0 if of none.
AccountId account_in(std::string_view key) {
    for (const std::string_view mark :
         {std::string_view("account:"), std::string_view("target:@")}) {
        const std::size_t start = key.find(mark);
        if (start != std::string_view::npos) {
            const std::string_view rest = key.substr(start + mark.size());
            return parse_id<AccountId>(rest.substr(0, rest.find(' '))).value_or(AccountId{});
        }
    }
    return {};
}

void write_refused(
    JsonWriter& json,
    const limits::Refused& refused,
    const social::Account* account
) {
    json.begin_object().field("rule", refused.rule).field("key", refused.key);
    if (account == nullptr) {
        json.null_field("account");
    } else {
        json.key("account")
            .begin_object()
            .field("id", to_string(account->id))
            .field("username", account->username)
            .end_object();
    }
    json.field("shadow", refused.shadow)
        .field("times", refused.times)
        .field("first_at", iso8601_ms(refused.first_at / kMillisecond))
        .field("last_at", iso8601_ms(refused.last_at / kMillisecond));
    if (refused.until == limits::kNever) {
        json.null_field("until");
    } else {
        json.field("until", iso8601_ms(refused.until / kMillisecond));
    }
    json.end_object();
}

Task<Result<http::Response>> show_limits(Call call) {
    const Throttles& throttles = call.api.throttles;
    const auto plan = throttles.plan();
    const std::vector<limits::Refused> refused = throttles.refusals().list();
    std::vector<AccountId> ids;
    std::ranges::transform(refused, std::back_inserter(ids), [](const limits::Refused& entry) {
        return account_in(entry.key);
    });
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(ids));
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("now", iso8601_ms(throttles.timekeeper().now() / kMillisecond));
    json.key("rules").begin_array();
    for (std::size_t i = 0; i < plan->policies.size(); ++i) {
        write_rule(json, plan->policies[i], plan->rulebook->rules()[i]);
    }
    json.end_array().key("refused").begin_array();
    for (std::size_t i = 0; i < refused.size(); ++i) {
        write_refused(json, refused[i], accounts[i].get());
    }
    json.end_array().end_object();
    http::Response response = http::Response::json(std::move(body));
    response.header("Cache-Control", "no-store");
    co_return response;
}

constexpr Route limits_route() {
    Route route =
        admin_route(http::Method::kGet, "/api/rookery/v1/admin/limits", "admin:read", show_limits);
    route.least_role = social::Role::kAdmin;  // whom they refused is told by address
    return route;
}

constexpr Route kRoutes[] = {limits_route()};

}  // namespace

Routes admin_limit_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
