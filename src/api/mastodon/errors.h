#pragma once

#include "api/mastodon/routes.h"
#include "base/error.h"
#include "http/request.h"
#include "http/response.h"

#include <string_view>

namespace rookery::api::mastodon {

/// The HTTP status of an error: the one table.
[[nodiscard]] int status_of(ErrorCode code);

/// {"error": message}; the message of a fault of ours is replaced by a general one, and it and the
/// detail are logged with `request_id`.
[[nodiscard]] http::Response
error_response(const Error& error, ErrorForm form, std::string_view request_id);

/// There is nothing at this address: machines are told in JSON, people with a page.
[[nodiscard]] http::Response not_found_response(const http::Request& request);

/// {"error": message}.
[[nodiscard]] http::Response json_error(int status, std::string_view message);

}  // namespace rookery::api::mastodon
