#pragma once

#include "api/mastodon/call.h"
#include "api/mastodon/rate_policy.h"
#include "http/router.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// Who may call. A token that is given must be valid and cover the scope, except with kNone, which
/// does not look at it.
enum class Auth : std::uint8_t {
    kNone,
    kOptional,  ///< anyone; a token makes the answer personal
    kApp,       ///< any token, also an app's own
    kUser,      ///< a person's token
};

/// How an error of the handler is written.
enum class ErrorForm : std::uint8_t {
    kApi,    ///< {"error": …}
    kOauth,  ///< {"error": code, "error_description": …} (RFC 6749, section 5.2)
    kPage,   ///< HTML
};

/// For routes that any token may call.
inline constexpr std::string_view kAnyScope = "*";

/// A free function, usually a coroutine, in the resource's file.
using Handler = Task<Result<http::Response>> (*)(Call call);

struct Route {
    http::Method method;
    std::string_view pattern;
    Auth auth;
    /// Scopes one of which is enough, space-separated; empty only for kNone. With kOptional it is
    /// what a given token must cover.
    std::string_view scope;
    Handler handler;
    RateClass rate = RateClass::kGeneral;
    ErrorForm errors = ErrorForm::kApi;
    /// Who has less of a role is refused, whatever the token covers.
    social::Role least_role = social::Role::kUser;
};

/// What is at the addresses that people open: pages made here, or the web app (web/site.h).
enum class Pages : std::uint8_t { kRendered, kWebApp };

/// Every route of the API in one list: what resources.h declares, joined.
[[nodiscard]] std::vector<Route> all_routes(Pages pages = Pages::kRendered);

/// Registers all_routes() behind the gate (gate.h): authentication, scopes, rate limits, errors,
/// CORS. With the web app, if `api` has it. `api` must outlive the router.
void register_routes(Api& api, http::Router& router);

}  // namespace rookery::api::mastodon
