#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// What went wrong, in terms that a caller can act on. One table maps a code to an HTTP status
/// (`api/mastodon/errors.cc`), one says whether a repeat may help (`is_retryable`).
enum class ErrorCode {
    kInvalid,          ///< The input breaks a rule; the message names the field.
    kUnauthenticated,  ///< No valid token.
    kForbidden,        ///< A valid token, but not for this.
    kNotFound,         ///< Absent, or not visible to the caller: the two are not told apart.
    kConflict,         ///< A precondition did not hold at commit; read again and retry.
    kGone,             ///< Was there and is deliberately no more.
    kTooLarge,         ///< Over a limit that has a name in the configuration.
    kRateLimited,      ///< Too many requests; later is fine.
    kTimeout,          ///< A deadline passed; the effect is unknown.
    kUnavailable,      ///< Overloaded, stopping, or a part is down; nothing was done.
    kCorrupt,          ///< Stored bytes do not parse. Never the client's fault.
    kInternal,         ///< A bug or an input/output failure of ours.
};

/// True if the same call may succeed later without a change of its arguments.
[[nodiscard]] bool is_retryable(ErrorCode code);

/// The name as it stands in logs and metrics, e.g. "not_found".
[[nodiscard]] std::string_view to_string(ErrorCode code);

/// An error with two faces: `message` may be shown to the client, `detail` goes to the log only.
struct Error {
    ErrorCode code = ErrorCode::kInternal;
    std::string message;
    std::string detail;
};

}  // namespace rookery
