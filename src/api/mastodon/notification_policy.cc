#include "api/mastodon/resources.h"

#include <array>
#include <string>
#include <string_view>

/// Whose notifications are held back. Nobody's are: everything arrives in the inbox, and that is
/// what the policy says.
namespace rookery::api::mastodon {

namespace {

constexpr std::array<std::string_view, 5> kWhom{
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts"
};
constexpr std::array<std::string_view, 4> kWhomV1{
    "filter_not_following",
    "filter_not_followers",
    "filter_new_accounts",
    "filter_private_mentions"
};
constexpr std::string_view kSummary =
    R"("summary":{"pending_requests_count":0,"pending_notifications_count":0}})";

template <std::size_t Count>
std::string policy(const std::array<std::string_view, Count>& names, std::string_view value) {
    std::string out = "{";
    for (const std::string_view name : names) {
        out += '"';
        out += name;
        out += "\":";
        out += value;
        out += ',';
    }
    out += kSummary;
    return out;
}

Error cannot_hold_back(std::string_view name) {
    return fail(
        ErrorCode::kInvalid,
        "Validation failed: " + std::string(name) + ": notifications cannot be held back here"
    );
}

Task<Result<http::Response>> show(Call call) {
    co_return http::Response::json(policy(kWhom, R"("accept")"));
}

Task<Result<http::Response>> change(Call call) {
    for (const std::string_view name : kWhom) {
        if (call.params().get_or(name, "accept") != "accept") {
            co_return cannot_hold_back(name);
        }
    }
    co_return http::Response::json(policy(kWhom, R"("accept")"));
}

Task<Result<http::Response>> show_v1(Call call) {
    co_return http::Response::json(policy(kWhomV1, "false"));
}

Task<Result<http::Response>> change_v1(Call call) {
    for (const std::string_view name : kWhomV1) {
        if (call.params().has(name) && call.params().get_bool(name) != false) {
            co_return cannot_hold_back(name);
        }
    }
    co_return http::Response::json(policy(kWhomV1, "false"));
}

constexpr std::string_view kRead = "read:notifications";
constexpr std::string_view kWrite = "write:notifications";
constexpr std::string_view kV1 = "/api/v1/notifications/policy";
constexpr std::string_view kV2 = "/api/v2/notifications/policy";

constexpr std::array kRoutes{
    Route{http::Method::kGet, kV2, Auth::kUser, kRead, show},
    Route{http::Method::kPatch, kV2, Auth::kUser, kWrite, change},
    Route{http::Method::kGet, kV1, Auth::kUser, kRead, show_v1},
    Route{http::Method::kPatch, kV1, Auth::kUser, kWrite, change_v1},
    Route{http::Method::kPut, kV1, Auth::kUser, kWrite, change_v1},
};

}  // namespace

Routes notification_policy_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
