#include "api/mastodon/resources.h"
#include "api/mastodon/status_answers.h"
#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

Error invalid(std::string what) {
    return fail(ErrorCode::kInvalid, "Validation failed: " + std::move(what));
}

/// Refuses, by name, what a post cannot have here.
Result<void> refuse_unavailable(const http::Params& params) {
    for (const std::string_view id : params.list("media_ids")) {
        if (!id.empty()) {
            return invalid("media_ids: there is no media " + std::string(id.substr(0, 20)));
        }
    }
    if (!params.list("poll[options]").empty()) {
        return invalid("poll: polls are not available on this server");
    }
    if (!params.get_or("scheduled_at", "").empty()) {
        return invalid("scheduled_at: posting later is not available on this server");
    }
    if (!params.get_or("quoted_status_id", "").empty()) {
        return invalid("quoted_status_id: quoting is not available on this server");
    }
    return {};
}

Result<std::optional<bool>> bool_param(const http::Params& params, std::string_view name) {
    if (params.get_or(name, "").empty()) {
        return std::optional<bool>{};
    }
    const auto value = params.get_bool(name);
    if (!value) {
        return invalid(std::string(name) + " is not true or false");
    }
    return value;
}

Result<std::optional<social::Visibility>> visibility_param(const http::Params& params) {
    const std::string_view text = params.get_or("visibility", "");
    if (text.empty()) {
        return std::optional<social::Visibility>{};
    }
    const auto value = social::parse_visibility(text);
    if (!value) {
        return invalid("visibility is none of public, unlisted, private, direct");
    }
    return value;
}

/// ISO 639-1 or -3, perhaps with a region: "pt-BR".
Result<std::optional<std::string>> language_param(const http::Params& params) {
    const auto text = params.get("language");
    if (!text || text->empty()) {
        return std::optional<std::string>{};
    }
    const std::string_view primary = text->substr(0, text->find_first_of("-_"));
    const bool is_word = std::ranges::all_of(*text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    if (!is_word || primary.size() < 2 || primary.size() > 3 || text->size() > 12) {
        return invalid("language is not an ISO 639 code");
    }
    return std::optional<std::string>(*text);
}

Result<social::NewPost> new_post(const Call& call) {
    const http::Params& params = call.params();
    if (auto refused = refuse_unavailable(params); !refused) {
        return std::move(refused).error();
    }
    TRY(const auto sensitive, bool_param(params, "sensitive"));
    TRY(const auto visibility, visibility_param(params));
    TRY(const auto language, language_param(params));
    TRY(const auto in_reply_to, call.param_id<PostId>("in_reply_to_id"));

    social::NewPost post;
    post.author = call.account->id;
    post.text = params.get_or("status", "");
    post.spoiler_text = params.get_or("spoiler_text", "");
    if (post.text.empty()) {
        post.text = std::exchange(post.spoiler_text, "");
    }
    post.sensitive =
        sensitive.value_or(call.account->default_sensitive) || !post.spoiler_text.empty();
    post.language = language.value_or(call.account->default_language);
    post.visibility = visibility.value_or(call.account->default_visibility);
    post.in_reply_to = in_reply_to.value_or(PostId{});
    post.idempotency_key = call.request->header("idempotency-key").value_or("");
    post.app_name = call.session->app_name;
    post.app_website = call.session->app_website;
    return post;
}

Task<Result<http::Response>> create(Call call) {
    CO_TRY(auto post, new_post(call));
    const bool may_be_repeat = !post.idempotency_key.empty();
    CO_TRY(auto created, co_await call.services().posts.create(std::move(post)));
    if (!may_be_repeat) {
        bool muted = false;
        if (created->is_reply()) {
            CO_TRY(const auto viewer, co_await call.viewer());
            muted = viewer->mutes_thread(created->thread);
        }
        CO_TRY(
            auto json,
            co_await call.api.status_view.render_new(std::move(created), call.account, muted)
        );
        co_return http::Response::json(std::move(json));
    }
    feed::Item item{std::move(created), call.account, nullptr, nullptr};
    co_return co_await status_answer(call, std::move(item));
}

Task<Result<http::Response>> edit(Call call) {
    const http::Params& params = call.params();
    CO_TRY(const PostId id, call.path_id<PostId>());
    if (auto refused = refuse_unavailable(params); !refused) {
        co_return std::move(refused).error();
    }
    social::PostChanges changes;
    CO_TRY(changes.sensitive, bool_param(params, "sensitive"));
    CO_TRY(changes.language, language_param(params));
    CO_TRY(changes.visibility, visibility_param(params));
    if (const auto text = params.get("status")) {
        changes.text = std::string(*text);
    }
    if (const auto spoiler_text = params.get("spoiler_text")) {
        changes.spoiler_text = std::string(*spoiler_text);
        if (!spoiler_text->empty()) {
            changes.sensitive = true;
        }
    }
    CO_TRY(
        auto edited, co_await call.services().posts.edit(call.account->id, id, std::move(changes))
    );
    feed::Item item{std::move(edited), call.account, nullptr, nullptr};
    co_return co_await status_answer(call, std::move(item));
}

/// Answers with the post as it was and its text as typed, for delete-and-redraft.
Task<Result<http::Response>> remove(Call call) {
    CO_TRY(const PostId id, call.path_id<PostId>());
    CO_TRY(auto item, co_await visible_status(call, id));
    if (item.post->author != call.account->id) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    const social::PostPtr post = item.post;
    CO_TRY(auto viewer, co_await call.viewer());
    CO_TRY(auto json, co_await call.api.status_view.render(std::move(item), std::move(viewer)));
    if (post->is_boost()) {
        CO_TRY(
            const auto undone, co_await call.services().posts.unboost(post->author, post->boost_of)
        );
    } else {
        CO_TRY(const auto removed, co_await call.services().posts.remove(post->author, id));
    }
    json.pop_back();
    json += R"(,"text":)";
    append_json_string(json, post->text);
    json += '}';
    co_return http::Response::json(std::move(json));
}

/// Who may quote: nobody can, so any documented wish is kept by changing nothing.
Task<Result<http::Response>> interaction_policy(Call call) {
    static constexpr std::array<std::string_view, 3> kPolicies{"public", "followers", "nobody"};
    CO_TRY(const PostId id, call.path_id<PostId>());
    const std::string_view policy = call.params().get_or("quote_approval_policy", "nobody");
    if (std::ranges::find(kPolicies, policy) == kPolicies.end()) {
        co_return invalid("quote_approval_policy is none of public, followers, nobody");
    }
    CO_TRY(auto item, co_await visible_status(call, id));
    if (item.post->author != call.account->id) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return co_await status_answer(call, std::move(item));
}

constexpr std::string_view kWrite = "write:statuses";
constexpr std::string_view kStatuses = "/api/v1/statuses";
constexpr std::string_view kStatus = "/api/v1/statuses/:id";

constexpr std::array kRoutes{
    Route{http::Method::kPost, kStatuses, Auth::kUser, kWrite, create, RateClass::kPosting},
    Route{http::Method::kPut, kStatus, Auth::kUser, kWrite, edit, RateClass::kPosting},
    Route{http::Method::kDelete, kStatus, Auth::kUser, kWrite, remove, RateClass::kDeleting},
    Route{
        http::Method::kPut,
        "/api/v1/statuses/:id/interaction_policy",
        Auth::kUser,
        kWrite,
        interaction_policy,
    },
};

}  // namespace

Routes status_write_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
