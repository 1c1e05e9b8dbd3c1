#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "http/response.h"

namespace rookery::api::mastodon {

/// The CredentialAccount of the caller, who now is `account`.
[[nodiscard]] Task<Result<http::Response>>
answer_own_account(Call call, social::AccountPtr account);

}  // namespace rookery::api::mastodon
