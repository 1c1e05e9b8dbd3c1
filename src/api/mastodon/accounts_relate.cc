#include "api/mastodon/relationship_view.h"
#include "api/mastodon/resources.h"
#include "social/text/render.h"

#include <string>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kNoteCharactersMax = 2000;
constexpr std::int64_t kMuteSecondsMax = 10LL * 365 * 24 * 3600;

/// The account of the path; kNotFound if it is suspended.
Task<Result<AccountId>> target_of(Call call) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(const auto account, co_await call.services().accounts.find(id));
    if (account->suspended) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return id;
}

Result<std::optional<bool>> flag(const Call& call, std::string_view name) {
    const std::string_view given = call.params().get_or(name, "");
    const auto value = call.params().get_bool(name);
    if (!given.empty() && !value) {
        return fail(
            ErrorCode::kInvalid,
            "Validation failed: " + std::string(name) + " is neither true nor false"
        );
    }
    return value;
}

Task<Result<http::Response>> follow(Call call) {
    social::FollowOptions options;
    CO_TRY(options.show_boosts, flag(call, "reblogs"));
    CO_TRY(options.notify, flag(call, "notify"));
    if (call.params().has("languages")) {
        std::vector<std::string> languages;
        for (const std::string_view language : call.params().list("languages")) {
            if (!language.empty()) {
                languages.emplace_back(language);
            }
        }
        options.languages = std::move(languages);
    }
    CO_TRY(const auto target, co_await target_of(call));
    CO_CHECK(co_await call.services().follows.follow(call.account_id(), target, std::move(options))
    );
    auto response = co_await answer_relationship(call, target);
    co_return response;
}

using Change = Task<Result<void>> (social::Follows::*)(AccountId, AccountId);

/// Also for suspended accounts: one may part from anybody.
Task<Result<http::Response>> change(Call call, Change apply) {
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(const auto target, co_await call.services().accounts.find(id));
    CO_CHECK(co_await (call.services().follows.*apply)(call.account_id(), target->id));
    auto response = co_await answer_relationship(call, target->id);
    co_return response;
}

Task<Result<http::Response>> unfollow(Call call) {
    auto response = co_await change(call, &social::Follows::unfollow);
    co_return response;
}

Task<Result<http::Response>> remove_follower(Call call) {
    auto response = co_await change(call, &social::Follows::remove_follower);
    co_return response;
}

Task<Result<http::Response>> block(Call call) {
    auto response = co_await change(call, &social::Follows::block);
    co_return response;
}

Task<Result<http::Response>> unblock(Call call) {
    auto response = co_await change(call, &social::Follows::unblock);
    co_return response;
}

Task<Result<http::Response>> unmute(Call call) {
    auto response = co_await change(call, &social::Follows::unmute);
    co_return response;
}

Task<Result<http::Response>> authorize(Call call) {
    auto response = co_await change(call, &social::Follows::authorize);
    co_return response;
}

Task<Result<http::Response>> reject(Call call) {
    auto response = co_await change(call, &social::Follows::reject);
    co_return response;
}

Task<Result<http::Response>> mute(Call call) {
    CO_TRY(const auto notifications, flag(call, "notifications"));
    const std::string_view given = call.params().get_or("duration", "");
    const auto seconds = call.params().get_number("duration");
    if (!given.empty() && (!seconds || *seconds < 0 || *seconds > kMuteSecondsMax)) {
        co_return fail(
            ErrorCode::kInvalid,
            "Validation failed: duration is not a number of seconds up to ten years"
        );
    }
    const std::int64_t expires_at_ms =
        seconds.value_or(0) == 0 ? 0 : call.api.now_ms() + *seconds * 1000;
    CO_TRY(const auto target, co_await target_of(call));
    CO_CHECK(co_await call.services().follows.mute(
        call.account_id(), target, notifications.value_or(true), expires_at_ms
    ));
    auto response = co_await answer_relationship(call, target);
    co_return response;
}

Task<Result<http::Response>> set_note(Call call) {
    std::string note = social::text::normalize_input(call.params().get_or("comment", ""));
    if (social::text::count_characters(note) > kNoteCharactersMax) {
        co_return fail(
            ErrorCode::kInvalid,
            "Validation failed: comment is too long (maximum is 2000 characters)"
        );
    }
    CO_TRY(const auto id, call.path_id<AccountId>());
    CO_TRY(const auto target, co_await call.services().accounts.find(id));
    CO_CHECK(
        co_await call.services().follows.set_note(call.account_id(), target->id, std::move(note))
    );
    auto response = co_await answer_relationship(call, target->id);
    co_return response;
}

constexpr auto kPost = http::Method::kPost;
constexpr Route kRoutes[] = {
    {kPost,
     "/api/v1/accounts/:id/follow",
     Auth::kUser,
     "write:follows",
     follow,
     RateClass::kFollowing},
    {kPost, "/api/v1/accounts/:id/unfollow", Auth::kUser, "write:follows", unfollow},
    {kPost,
     "/api/v1/accounts/:id/remove_from_followers",
     Auth::kUser,
     "write:follows",
     remove_follower},
    {kPost, "/api/v1/accounts/:id/block", Auth::kUser, "write:blocks", block},
    {kPost, "/api/v1/accounts/:id/unblock", Auth::kUser, "write:blocks", unblock},
    {kPost, "/api/v1/accounts/:id/mute", Auth::kUser, "write:mutes", mute},
    {kPost, "/api/v1/accounts/:id/unmute", Auth::kUser, "write:mutes", unmute},
    {kPost, "/api/v1/accounts/:id/note", Auth::kUser, "write:accounts", set_note},
    {kPost, "/api/v1/follow_requests/:id/authorize", Auth::kUser, "write:follows", authorize},
    {kPost, "/api/v1/follow_requests/:id/reject", Auth::kUser, "write:follows", reject},
};

}  // namespace

Routes account_relate_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
