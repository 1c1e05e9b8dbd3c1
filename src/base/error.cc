#include "base/error.h"

namespace rookery {

bool is_retryable(ErrorCode code) {
    switch (code) {
        case ErrorCode::kConflict:
        case ErrorCode::kRateLimited:
        case ErrorCode::kTimeout:
        case ErrorCode::kUnavailable:
        case ErrorCode::kInternal:
            return true;
        default:
            return false;
    }
}

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalid:
            return "invalid";
        case ErrorCode::kUnauthenticated:
            return "unauthenticated";
        case ErrorCode::kForbidden:
            return "forbidden";
        case ErrorCode::kNotFound:
            return "not_found";
        case ErrorCode::kConflict:
            return "conflict";
        case ErrorCode::kGone:
            return "gone";
        case ErrorCode::kTooLarge:
            return "too_large";
        case ErrorCode::kRateLimited:
            return "rate_limited";
        case ErrorCode::kTimeout:
            return "timeout";
        case ErrorCode::kUnavailable:
            return "unavailable";
        case ErrorCode::kCorrupt:
            return "corrupt";
        case ErrorCode::kInternal:
            return "internal";
    }
    return "unknown";
}

}  // namespace rookery
