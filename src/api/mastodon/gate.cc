#include "api/mastodon/gate.h"

#include "api/mastodon/errors.h"
#include "base/encoding.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace rookery::api::mastodon {

namespace {

/// True if the handler refused by a limit of its own and said by which.
bool says_when(const http::Response& response) {
    return std::ranges::any_of(response.headers, [](const auto& header) {
        return header.first == "Retry-After";
    });
}

/// One form of what may be written in several.
std::string canonical(std::string_view argument) {
    const auto id = parse_id_digits(argument);
    return id ? std::to_string(*id) : ascii_lower(argument);
}

}  // namespace

Task<http::Response> Gate::serve(const Route* route, http::RequestPtr request) {
    auto call = co_await admit(route, request);
    const RateVerdict verdict = co_await count(route, request, &call);

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
        verdict.add_headers(response);
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
    const AccountId account = call.session->account;
    api_.fetch_ahead(account);
    call.account = api_.services.accounts.find_at_once(account);
    if (!call.account) {
        CO_TRY(call.account, co_await api_.services.accounts.find(account));
    }
    if (call.account->suspended) {
        co_return fail(ErrorCode::kForbidden, "Your login is currently disabled");
    }
    if (call.account->role < route->least_role) {
        co_return fail(ErrorCode::kForbidden, "This action is not allowed");
    }
    co_return call;
}

Task<RateVerdict>
Gate::count(const Route* route, http::RequestPtr request, const Result<Call>* call) {
    const std::string target = request->path_args.empty() ? "" : canonical(request->path_args[0]);
    const Asker asker{
        .rate = route->rate,
        .writes = request->method != http::Method::kGet && request->method != http::Method::kHead,
        .account = *call ? (*call)->account_id() : AccountId{},
        .token = *call && (*call)->session ? (*call)->session->token_id : TokenId{},
        .address = request->remote_address,
        .target = target,
    };
    RateVerdict verdict;
    if (auto at_once = api_.throttles.take_at_once(asker)) {
        verdict = std::move(*at_once);
    } else {
        verdict = co_await api_.throttles.take(asker);
    }
    if (verdict.allowed && verdict.wait > 0) {
        boost::asio::basic_waitable_timer<
            std::chrono::steady_clock,
            boost::asio::wait_traits<std::chrono::steady_clock>,
            Executor>
            timer(
                co_await boost::asio::this_coro::executor, std::chrono::nanoseconds(verdict.wait)
            );
        co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>());
    }
    co_return verdict;
}

Task<Result<RateVerdict>> count_sign_in(Call call, std::string login) {
    CO_TRY(const AccountId account, co_await call.services().accounts.id_of_login(login));
    const std::string target = account ? "@" + to_string(account) : ascii_lower(trim_ascii(login));
    const Asker asker{
        .rate = RateClass::kSignIn,
        .writes = true,
        .address = call.request->remote_address,
        .target = target,
    };
    co_return co_await call.api.throttles.take(asker);
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
