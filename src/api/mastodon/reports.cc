#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "social/text/render.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kCommentCharactersMax = 1000;
constexpr std::size_t kPostsMax = 100;
constexpr std::array<std::string_view, 4> kCategories{"spam", "legal", "violation", "other"};

Result<social::Report> report_of(const Call& call) {
    const http::Params& params = call.params();
    social::Report report;
    report.reporter = call.account_id();
    TRY(const auto target, call.param_id<AccountId>("account_id"));
    if (!target) {
        return fail(ErrorCode::kInvalid, "Validation failed: account_id can't be blank");
    }
    report.target = *target;
    for (const std::string_view text : params.list("status_ids")) {
        const auto id = parse_id<PostId>(text);
        if (!id || report.posts.size() >= kPostsMax) {
            return fail(
                ErrorCode::kInvalid,
                "Validation failed: status_ids holds what is not an id, or too many"
            );
        }
        report.posts.push_back(*id);
    }
    for (const std::string_view rule : params.list("rule_ids")) {
        const auto number = parse_id_digits(rule);
        if (!number || *number == 0 || *number > call.api.config.rules.size()) {
            return fail(ErrorCode::kInvalid, "Validation failed: rule_ids holds what is no rule");
        }
        report.rule_ids.emplace_back(rule);
    }
    report.category = params.get_or("category", report.rule_ids.empty() ? "other" : "violation");
    if (std::ranges::find(kCategories, report.category) == kCategories.end()) {
        return fail(
            ErrorCode::kInvalid,
            "Validation failed: category is not spam, legal, violation or other"
        );
    }
    report.comment = social::text::normalize_input(params.get_or("comment", ""));
    if (social::text::count_characters(report.comment) > kCommentCharactersMax) {
        return fail(
            ErrorCode::kInvalid,
            "Validation failed: comment is too long (maximum is 1000 characters)"
        );
    }
    return report;
}

std::string render(const social::Report& report, const std::string& target) {
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .field("id", to_string(report.id))
        .field("action_taken", false)
        .null_field("action_taken_at")
        .field("category", report.category)
        .field("comment", report.comment)
        .field("forwarded", false)
        .field("created_at", iso8601_ms(report.created_at_ms()))
        .key("status_ids")
        .begin_array();
    for (const PostId post : report.posts) {
        json.string(to_string(post));
    }
    json.end_array().key("rule_ids").begin_array();
    for (const std::string& rule : report.rule_ids) {
        json.string(rule);
    }
    json.end_array().raw_field("target_account", target).end_object();
    return body;
}

Task<Result<http::Response>> file_report(Call call) {
    CO_TRY(auto report, report_of(call));
    CO_TRY(auto target, co_await call.services().accounts.find(report.target));
    CO_TRY(const auto posts, co_await call.services().posts.find_many(report.posts));
    for (const social::PostPtr& post : posts) {
        if (!post || post->author != report.target) {
            co_return fail(
                ErrorCode::kNotFound, "status_ids holds a post that is not of this account"
            );
        }
    }
    CO_TRY(const auto filed, co_await call.services().reports.file(std::move(report)));
    CO_TRY(const auto rendered, co_await call.api.account_view.render(std::move(target)));
    co_return http::Response::json(render(filed, *rendered));
}

constexpr Route kRoutes[] = {
    {http::Method::kPost,
     "/api/v1/reports",
     Auth::kUser,
     "write:reports",
     file_report,
     RateClass::kReporting},
};

}  // namespace

Routes report_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
