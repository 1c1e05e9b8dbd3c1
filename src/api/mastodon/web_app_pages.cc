#include "api/mastodon/account_view.h"
#include "api/mastodon/errors.h"
#include "api/mastodon/local_origin.h"
#include "api/mastodon/page_views.h"
#include "api/mastodon/public_subject.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/status_text.h"
#include "web/site.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

/// The addresses of the web app. All of them answer its one page, which finds out by itself what to
/// show; what is public has its title and description in it for those who run no script.
namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kTitleBytesMax = 80;
constexpr std::size_t kDescriptionBytesMax = 200;

/// Not for a program that asks for JSON alone: it must learn that there is none here.
bool asks_for_page(const http::Request& request) {
    const auto accept = request.header("accept");
    return !accept || accept->empty() || accept->contains("text/html") || accept->contains("*/*") ||
           accept->contains("text/*");
}

/// Everything comes from this server, but pictures and sounds, which may lie elsewhere. The streams
/// are named because not every browser counts ws: as 'self'.
std::string content_security_policy(const ApiConfig& config, const http::Request& request) {
    std::string streams = config.streaming_url();
    std::string pictures;
    const auto origin = local_origin(config, request);
    if (origin && *origin != config.base_url) {
        // By another name of this machine: avatars are named by the public address all the same.
        streams += " ws" + origin->substr(std::string_view("http").size());
        pictures = " " + config.base_url;
    }
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob: https:{0}; media-src 'self' blob: https:{0}; "
        "connect-src 'self' {1}; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        pictures,
        streams
    );
}

http::Response guarded(const Call& call, http::Response page) {
    page.header("Content-Security-Policy", content_security_policy(call.api.config, *call.request));
    page.header("X-Frame-Options", "DENY");
    page.header("Referrer-Policy", "same-origin");
    return page;
}

http::Response page_of_app(const Call& call) {
    return guarded(call, call.api.site->index(*call.request));
}

/// The app says what is missing; the status tells it to those who run no script.
Result<http::Response> absent_page(const Call& call, const Error& error) {
    if (error.code != ErrorCode::kNotFound && error.code != ErrorCode::kGone) {
        return error;
    }
    web::PageHead head;
    head.title = call.api.config.title;
    head.may_be_indexed = false;
    return guarded(call, call.api.site->index(head, status_of(error.code)));
}

web::PageHead head_of(const ApiConfig& config, const social::Account& account) {
    const std::string& shown =
        account.display_name.empty() ? account.username : account.display_name;
    web::PageHead head;
    head.title = fmt::format("{} (@{}) · {}", shown, account.username, config.title);
    head.description = excerpt(account.note, kDescriptionBytesMax);
    head.url = account_url(config, account);
    head.image = avatar_url(config, account);
    head.kind = "profile";
    head.site_name = config.title;
    head.may_be_indexed = account.indexable;
    return head;
}

web::PageHead
head_of(const ApiConfig& config, const social::Account& account, const social::Post& post) {
    // Behind a content warning stands what the author would not have everybody see at once.
    const std::string& shown = post.spoiler_text.empty() ? post.text : post.spoiler_text;
    web::PageHead head = head_of(config, account);
    head.title = fmt::format("@{}: {}", account.username, excerpt(shown, kTitleBytesMax));
    head.description = excerpt(shown, kDescriptionBytesMax);
    head.url = status_url(config, post, account);
    head.kind = "article";
    return head;
}

Task<Result<http::Response>> app_page(Call call) {
    co_return asks_for_page(*call.request) ? page_of_app(call) : not_found_response(*call.request);
}

Task<Result<http::Response>> profile(Call call) {
    if (!is_somebodys(call) || !asks_for_page(*call.request)) {
        co_return not_found_response(*call.request);
    }
    const auto account = co_await account_of_path(call);
    if (!account) {
        co_return absent_page(call, account.error());
    }
    co_return guarded(call, call.api.site->index(head_of(call.api.config, **account)));
}

Task<Result<http::Response>> post_page(Call call) {
    if (!is_somebodys(call) || !asks_for_page(*call.request)) {
        co_return not_found_response(*call.request);
    }
    const auto account = co_await account_of_path(call);
    if (!account) {
        co_return absent_page(call, account.error());
    }
    const auto post = co_await post_of_path(call, *account);
    if (!post) {
        co_return absent_page(call, post.error());
    }
    co_return guarded(call, call.api.site->index(head_of(call.api.config, **account, **post)));
}

constexpr Route page(std::string_view pattern, Handler handler = app_page) {
    return {
        http::Method::kGet, pattern, Auth::kNone, "", handler, RateClass::kGeneral, ErrorForm::kPage
    };
}

constexpr Route kRoutes[] = {
    page("/"),
    page("/home"),
    page("/public"),
    page("/local"),
    page("/explore"),
    page("/search"),
    page("/notifications"),
    page("/settings"),
    page("/settings/*page"),
    page("/admin"),
    page("/admin/*page"),
    page("/compose"),
    page("/bookmarks"),
    page("/favourites"),
    page("/lists"),
    page("/lists/*page"),
    page("/tags/:tag"),
    page("/auth/callback"),
    page("/welcome"),
    page("/:handle", profile),
    page("/:handle/followers", profile),
    page("/:handle/following", profile),
    page("/:handle/:id", post_page),
};

}  // namespace

Routes web_app_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
