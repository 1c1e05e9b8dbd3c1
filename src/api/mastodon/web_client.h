#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "social/sessions.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// The client id of the web app that this server serves itself. It is built in: no row keeps it, so
/// nobody can register it again and nothing sweeps it. Client ids that are given to registered apps
/// are random and longer.
inline constexpr std::string_view kWebClient = "rookery-web";

/// A public client (RFC 6749, section 2.1): without a secret, hence only with a proof key (RFC
/// 7636), and codes go to the page /auth/callback of this server only.
[[nodiscard]] bool is_web_client(const social::App& app);

/// The client with this id, whether it is built in or registered; kNotFound if there is none. The
/// web client's redirect URIs depend on how the browser came.
[[nodiscard]] Task<Result<social::App>> find_client(Call call, std::string client_id);

}  // namespace rookery::api::mastodon
