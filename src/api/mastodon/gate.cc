#include "api/mastodon/gate.h"

#include "api/mastodon/errors.h"
#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery::api::mastodon {

namespace {

/// True if the handler refused by a limit of its own and said by which.
bool says_when(const http::Response& response) {
    return std::ranges::any_of(response.headers, [](const auto& header) {
        return header.first == "Retry-After";
    });
}

}  // namespace

Task<http::Response> Gate::serve(const Route* route, http::RequestPtr request) {
    auto call = co_await admit(route, request);
    const AccountId account = call ? call->account_id() : AccountId{};
    const Verdict verdict = count(*route, *request, account);

    http::Response response;
    if (!verdict.allowed) {
        const Error refusal = fail(ErrorCode::kRateLimited, "Too many requests");
        response = error_response(refusal, route->errors, request->request_id);
    } else if (!call) {
        response = error_response(call.error(), route->errors, request->request_id);
    } else {
        auto answer = co_await route->handler(std::move(*call));
        response = answer ? std::move(*answer)
                          : error_response(answer.error(), route->errors, request->request_id);
    }
    if (!says_when(response)) {
        verdict.add_headers(api_.now_ms(), response);
    }
    co_return response;
}

Task<Result<Call>> Gate::admit(const Route* route, http::RequestPtr request) {
    Call call{api_, std::move(request), nullptr, nullptr};
    if (route->auth == Auth::kNone) {
        co_return call;
    }
    std::optional<std::string> token = token_of(*call.request);
    if (!token) {
        if (route->auth == Auth::kOptional) {
            co_return call;
        }
        co_return fail(ErrorCode::kUnauthenticated, "The access token is invalid");
    }
    auto session = co_await api_.services.sessions.authenticate(std::move(*token));
    if (!session) {
        if (session.error().code == ErrorCode::kUnauthenticated) {
            co_return fail(ErrorCode::kUnauthenticated, "The access token is invalid");
        }
        co_return std::move(session).error();
    }
    call.session = std::move(*session);
    if (!scope_suffices(call.session->scopes, route->scope)) {
        co_return fail(ErrorCode::kForbidden, "This action is outside the authorized scopes");
    }
    if (!call.session->account) {
        if (route->auth == Auth::kUser) {
            co_return fail(ErrorCode::kInvalid, "This method requires an authenticated user");
        }
        co_return call;
    }
    CO_TRY(call.account, co_await api_.services.accounts.find(call.session->account));
    if (call.account->suspended) {
        co_return fail(ErrorCode::kForbidden, "Your login is currently disabled");
    }
    if (call.account->role < route->least_role) {
        co_return fail(ErrorCode::kForbidden, "This action is not allowed");
    }
    co_return call;
}

Verdict Gate::count(const Route& route, const http::Request& request, AccountId account) {
    const std::string address = address_key(request.remote_address);
    const std::string key = account ? "@" + to_string(account) : address;
    return api_.throttles.take(route.rate, key, address);
}

std::optional<std::string> token_of(const http::Request& request) {
    if (const auto header = request.header("authorization")) {
        constexpr std::string_view kScheme = "bearer ";
        if (header->size() > kScheme.size() &&
            ascii_iequals(header->substr(0, kScheme.size()), kScheme)) {
            return std::string(trim_ascii(header->substr(kScheme.size())));
        }
    }
    const std::string_view parameter = request.params.get_or("access_token", "");
    if (!parameter.empty()) {
        return std::string(parameter);
    }
    // Browsers cannot set headers of a WebSocket: there the subprotocol is the token.
    if (const auto protocol = request.header("sec-websocket-protocol")) {
        return std::string(trim_ascii(*protocol));
    }
    return std::nullopt;
}

bool scope_suffices(std::string_view granted, std::string_view wanted) {
    if (wanted == kAnyScope) {
        return true;
    }
    while (!wanted.empty()) {
        const std::string_view word = wanted.substr(0, wanted.find(' '));
        if (!word.empty() && social::scope_covers(granted, word)) {
            return true;
        }
        wanted.remove_prefix(std::min(wanted.size(), word.size() + 1));
    }
    return false;
}

}  // namespace rookery::api::mastodon
