#include "api/mastodon/resources.h"
#include "base/json_writer.h"
#include "notify/policies.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

/// Whose notifications are held back, as clients set it.
namespace rookery::api::mastodon {

namespace {

using notify::Policy;
using notify::PolicyChange;
using notify::Verdict;

struct Field {
    std::string_view name;
    std::string_view name_v1;  ///< empty: the first version has none
    Verdict Policy::* verdict;
};

constexpr std::array kFields{
    Field{"for_not_following", "filter_not_following", &Policy::for_not_following},
    Field{"for_not_followers", "filter_not_followers", &Policy::for_not_followers},
    Field{"for_new_accounts", "filter_new_accounts", &Policy::for_new_accounts},
    Field{"for_private_mentions", "filter_private_mentions", &Policy::for_private_mentions},
    Field{"for_limited_accounts", "", &Policy::for_limited_accounts},
};

Task<Result<http::Response>> answer(Call call, Policy policy, bool is_v1) {
    CO_TRY(const auto summary, co_await call.services().requests.summary(call.account->id));
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    for (const Field& field : kFields) {
        const Verdict verdict = policy.*field.verdict;
        if (!is_v1) {
            json.field(field.name, to_string(verdict));
        } else if (!field.name_v1.empty()) {
            json.field(field.name_v1, verdict != Verdict::kAccept);
        }
    }
    json.key("summary")
        .begin_object()
        .field("pending_requests_count", summary.requests)
        .field("pending_notifications_count", summary.notifications)
        .end_object()
        .end_object();
    co_return http::Response::json(std::move(body));
}

template <bool is_v1>
Task<Result<http::Response>> show(Call call) {
    CO_TRY(const auto policy, co_await call.services().policies.find(call.account->id));
    co_return co_await answer(call, policy, is_v1);
}

Task<Result<http::Response>> change(Call call) {
    PolicyChange change;
    for (const Field& field : kFields) {
        const auto given = call.params().get(field.name);
        if (!given) {
            continue;
        }
        const auto verdict = notify::parse_verdict(*given);
        if (!verdict) {
            co_return fail(
                ErrorCode::kInvalid,
                "Validation failed: " + std::string(field.name) +
                    " is not one of accept, filter, drop"
            );
        }
        change.emplace_back(field.verdict, *verdict);
    }
    CO_TRY(
        const auto policy,
        co_await call.services().policies.change(call.account->id, std::move(change))
    );
    co_return co_await answer(call, policy, false);
}

/// The first version knows filtering only. It leaves a stricter verdict as it is.
Task<Result<http::Response>> change_v1(Call call) {
    CO_TRY(const auto before, co_await call.services().policies.find(call.account->id));
    PolicyChange change;
    for (const Field& field : kFields) {
        if (field.name_v1.empty() || !call.params().has(field.name_v1)) {
            continue;
        }
        const auto filters = call.params().get_bool(field.name_v1);
        if (!filters) {
            co_return fail(
                ErrorCode::kInvalid,
                "Validation failed: " + std::string(field.name_v1) + " is neither true nor false"
            );
        }
        if (*filters != (before.*field.verdict != Verdict::kAccept)) {
            change.emplace_back(field.verdict, *filters ? Verdict::kFilter : Verdict::kAccept);
        }
    }
    CO_TRY(
        const auto policy,
        co_await call.services().policies.change(call.account->id, std::move(change))
    );
    co_return co_await answer(call, policy, true);
}

constexpr std::string_view kRead = "read:notifications";
constexpr std::string_view kWrite = "write:notifications";
constexpr std::string_view kV1 = "/api/v1/notifications/policy";
constexpr std::string_view kV2 = "/api/v2/notifications/policy";

constexpr std::array kRoutes{
    Route{http::Method::kGet, kV2, Auth::kUser, kRead, show<false>},
    Route{http::Method::kPatch, kV2, Auth::kUser, kWrite, change},
    Route{http::Method::kGet, kV1, Auth::kUser, kRead, show<true>},
    Route{http::Method::kPatch, kV1, Auth::kUser, kWrite, change_v1},
    Route{http::Method::kPut, kV1, Auth::kUser, kWrite, change_v1},
};

}  // namespace

Routes notification_policy_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
