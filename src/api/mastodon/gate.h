#pragma once

#include "api/mastodon/routes.h"
#include "api/mastodon/throttles.h"
#include "base/result.h"
#include "base/task.h"
#include "http/request.h"
#include "http/response.h"

#include <optional>
#include <string>

namespace rookery::api::mastodon {

/// What stands before every handler: who asks, may they, how often; and what turns what the
/// handler says into an answer.
class Gate {
public:
    explicit Gate(Api& api) : api_(api) {}

    /// `route` outlives the server.
    [[nodiscard]] Task<http::Response> serve(const Route* route, http::RequestPtr request);

private:
    [[nodiscard]] Task<Result<Call>> admit(const Route* route, http::RequestPtr request);
    [[nodiscard]] Task<RateVerdict>
    count(const Route* route, http::RequestPtr request, const Result<Call>* call);

    Api& api_;
};

/// Counts an attempt to sign in, by the account that `login` means or else by that text.
[[nodiscard]] Task<Result<RateVerdict>> count_sign_in(Call call, std::string login);

/// The token of a request: `Authorization: Bearer …`, the subprotocol of a WebSocket, or the
/// parameter access_token.
[[nodiscard]] std::optional<std::string> token_of(const http::Request& request);

/// True if `granted` covers one of the words of `wanted`, or if that is kAnyScope.
[[nodiscard]] bool scope_suffices(std::string_view granted, std::string_view wanted);

}  // namespace rookery::api::mastodon
