#include "api/mastodon/default_pictures.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/page_style.h"
#include "api/mastodon/resources.h"

#include <memory>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kIcon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="21" fill="#0b665f"/><path d="M12 41c3.6-14.4 13.6-22.4 25.8-20.6L50.4 16l-6.2 9.4c2 14.2-5.8 23.4-18 23.4-5.2 0-10.4-2.2-14.2-7.8z" fill="#fff"/><circle cx="38.2" cy="27" r="2.7" fill="#12312e"/><path d="M18 41.4c6.4 2 12.4-.2 17.2-6.6-.8 8.4-9 12.8-17.2 6.6z" fill="#a9d8d1"/></svg>
)";

http::Response asset(const char* content_type, const http::Fragment& bytes) {
    http::Response response = typed_response(content_type, "");
    response.fragments.push_back(bytes);
    response.header("Cache-Control", "public, max-age=3600");
    response.etag = true;
    return response;
}

Task<Result<http::Response>> style(Call call) {
    auto bytes = std::make_shared<const std::string>(page_style(call.api.site.get()));
    co_return asset("text/css; charset=utf-8", std::move(bytes));
}

Task<Result<http::Response>> icon(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(kIcon);
    co_return asset("image/svg+xml", kBytes);
}

Task<Result<http::Response>> avatar(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(default_avatar_png());
    co_return asset("image/png", kBytes);
}

Task<Result<http::Response>> header(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(default_header_png());
    co_return asset("image/png", kBytes);
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/assets/rookery.css", Auth::kNone, "", style},
    {http::Method::kGet, "/assets/rookery.svg", Auth::kNone, "", icon},
    {http::Method::kGet, "/favicon.ico", Auth::kNone, "", icon},
    {http::Method::kGet, "/avatars/original/missing.png", Auth::kNone, "", avatar},
    {http::Method::kGet, "/headers/original/missing.png", Auth::kNone, "", header},
};

}  // namespace

Routes asset_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
