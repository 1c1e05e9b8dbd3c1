#include "api/mastodon/resources.h"

/// What this server does not have, said in the words that clients understand: lists of it are
/// empty, one of it is not found, and making one is refused with the reason.
namespace rookery::api::mastodon {

namespace {

Task<Result<http::Response>> none(Call call) {
    co_return http::Response::json("[]");
}

Task<Result<http::Response>> nothing(Call call) {
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> not_found(Call call) {
    co_return fail(ErrorCode::kNotFound, "Record not found");
}

/// Removing what is not there has succeeded.
Task<Result<http::Response>> removed(Call call) {
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> no_domains(Call call) {
    co_return fail(
        ErrorCode::kInvalid,
        "Validation failed: domain can't be blocked: this server talks to no other"
    );
}

Task<Result<http::Response>> no_push(Call call) {
    co_return fail(
        ErrorCode::kInvalid,
        "Validation failed: subscription: this server sends no push notifications"
    );
}

Task<Result<http::Response>> no_media(Call call) {
    co_return fail(
        ErrorCode::kInvalid, "Validation failed: file: this server takes no attachments"
    );
}

Task<Result<http::Response>> no_featured_tags(Call call) {
    co_return fail(
        ErrorCode::kInvalid,
        "Validation failed: name: you have already featured the maximum of 0 hashtags"
    );
}

/// Accounts are usable at once, so no address waits for a confirmation.
Task<Result<http::Response>> nothing_to_confirm(Call call) {
    co_return fail(
        ErrorCode::kForbidden,
        "This method is only available while the e-mail is awaiting confirmation"
    );
}

Task<Result<http::Response>> is_confirmed(Call call) {
    co_return http::Response::json("true");
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kPost = http::Method::kPost;
constexpr auto kPut = http::Method::kPut;
constexpr auto kDelete = http::Method::kDelete;
constexpr Route kRoutes[] = {
    // Other servers.
    {kGet, "/api/v1/instance/peers", Auth::kNone, "", none},
    {kGet, "/api/v1/instance/domain_blocks", Auth::kNone, "", none},
    {kGet, "/api/v1/domain_blocks", Auth::kUser, "read:blocks", none},
    {kPost, "/api/v1/domain_blocks", Auth::kUser, "write:blocks", no_domains},
    {kDelete, "/api/v1/domain_blocks", Auth::kUser, "write:blocks", removed},
    // Figures by week, translations, emoji, announcements.
    {kGet, "/api/v1/instance/activity", Auth::kNone, "", none},
    {kGet, "/api/v1/instance/translation_languages", Auth::kNone, "", nothing},
    {kGet, "/api/v1/custom_emojis", Auth::kNone, "", none},
    {kGet, "/api/v1/announcements", Auth::kUser, kAnyScope, none},
    {kPost, "/api/v1/announcements/:id/dismiss", Auth::kUser, "write:accounts", not_found},
    {kPut, "/api/v1/announcements/:id/reactions/:name", Auth::kUser, "write:favourites", not_found},
    {kDelete,
     "/api/v1/announcements/:id/reactions/:name",
     Auth::kUser,
     "write:favourites",
     not_found},
    // What people could put on their profiles.
    {kGet, "/api/v1/featured_tags", Auth::kUser, "read:accounts", none},
    {kPost, "/api/v1/featured_tags", Auth::kUser, "write:accounts", no_featured_tags},
    {kDelete, "/api/v1/featured_tags/:id", Auth::kUser, "write:accounts", not_found},
    {kGet, "/api/v1/featured_tags/suggestions", Auth::kUser, "read:accounts", none},
    {kGet, "/api/v1/endorsements", Auth::kUser, "read:accounts", none},
    {kGet, "/api/v1/accounts/:id/featured_tags", Auth::kNone, "", none},
    {kGet, "/api/v1/accounts/:id/endorsements", Auth::kNone, "", none},
    {kGet, "/api/v1/accounts/:id/identity_proofs", Auth::kNone, "", none},
    // Later, and elsewhere.
    {kGet, "/api/v1/scheduled_statuses", Auth::kUser, "read:statuses", none},
    {kGet, "/api/v1/scheduled_statuses/:id", Auth::kUser, "read:statuses", not_found},
    {kPut, "/api/v1/scheduled_statuses/:id", Auth::kUser, "write:statuses", not_found},
    {kDelete, "/api/v1/scheduled_statuses/:id", Auth::kUser, "write:statuses", not_found},
    {kGet, "/api/v1/push/subscription", Auth::kUser, "push", not_found},
    {kPost, "/api/v1/push/subscription", Auth::kUser, "push", no_push},
    {kPut, "/api/v1/push/subscription", Auth::kUser, "push", no_push},
    {kDelete, "/api/v1/push/subscription", Auth::kUser, "push", removed},
    {kPost, "/api/v1/media", Auth::kUser, "write:media", no_media, RateClass::kMedia},
    {kPost, "/api/v2/media", Auth::kUser, "write:media", no_media, RateClass::kMedia},
    {kGet, "/api/v1/media/:id", Auth::kUser, "write:media", not_found},
    {kPut, "/api/v1/media/:id", Auth::kUser, "write:media", not_found},
    {kDelete, "/api/v1/media/:id", Auth::kUser, "write:media", not_found},
    {kGet, "/api/v1/polls/:id", Auth::kOptional, "read:statuses", not_found},
    {kPost, "/api/v1/polls/:id/votes", Auth::kUser, "write:statuses", not_found},
    {kPost, "/api/v1/emails/confirmations", Auth::kUser, kAnyScope, nothing_to_confirm},
    {kGet, "/api/v1/emails/check_confirmation", Auth::kUser, kAnyScope, is_confirmed},
};

}  // namespace

Routes absent_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
