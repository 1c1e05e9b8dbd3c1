#include "api/mastodon/errors.h"

#include "api/mastodon/html_page.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/log.h"

#include <string>

namespace rookery::api::mastodon {

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalid:
            return 422;
        case ErrorCode::kUnauthenticated:
            return 401;
        case ErrorCode::kForbidden:
            return 403;
        case ErrorCode::kNotFound:
            return 404;
        case ErrorCode::kConflict:
            return 409;
        case ErrorCode::kGone:
            return 410;
        case ErrorCode::kTooLarge:
            return 413;
        case ErrorCode::kRateLimited:
            return 429;
        case ErrorCode::kTimeout:
        case ErrorCode::kUnavailable:
            return 503;
        case ErrorCode::kCorrupt:
        case ErrorCode::kInternal:
            return 500;
    }
    return 500;
}

namespace {

/// What the client reads where the error brings no words of its own.
std::string_view general_message(int status) {
    switch (status) {
        case 401:
            return "The access token is invalid";
        case 403:
            return "This action is not allowed";
        case 404:
            return "Record not found";
        case 409:
            return "Somebody else changed this at the same moment; try again";
        case 410:
            return "This is gone";
        case 413:
            return "Too large";
        case 429:
            return "Too many requests";
        case 503:
            return "The server is busy or restarting; try again in a moment";
        case 500:
            return "Something went wrong on our side";
        default:
            return "Validation failed";
    }
}

/// RFC 6749, sections 4.1.2.1 and 5.2; RFC 6750, section 3.1.
std::string_view oauth_code(int status) {
    switch (status) {
        case 401:
            return "invalid_token";
        case 403:
            return "access_denied";
        case 429:
        case 503:
            return "temporarily_unavailable";
        case 500:
            return "server_error";
        default:
            return "invalid_request";
    }
}

}  // namespace

http::Response json_error(int status, std::string_view message) {
    std::string body;
    JsonWriter(body).begin_object().field("error", message).end_object();
    return http::Response::json(std::move(body), status);
}

http::Response not_found_response(const http::Request& request) {
    const bool by_machine = request.path.starts_with("/api/") ||
                            request.path.starts_with("/.well-known/") ||
                            request.path.starts_with("/nodeinfo/") ||
                            !request.header("accept").value_or("").contains("text/html");
    return by_machine ? json_error(404, "Not Found")
                      : message_page("Nothing here", "There is no such page on this server.", 404);
}

http::Response error_response(const Error& error, ErrorForm form, std::string_view request_id) {
    const int status = status_of(error.code);
    std::string_view message = error.message;
    if (status >= 500) {
        log::error(
            "request failed",
            {{"request_id", request_id},
             {"code", to_string(error.code)},
             {"message", error.message},
             {"detail", error.detail}}
        );
        message = {};
    }
    if (message.empty()) {
        message = general_message(status);
    }
    switch (form) {
        case ErrorForm::kOauth: {
            std::string body;
            JsonWriter(body)
                .begin_object()
                .field("error", oauth_code(status))
                .field("error_description", message)
                .end_object();
            return http::Response::json(std::move(body), status);
        }
        case ErrorForm::kPage:
            return message_page("Sorry", message, status);
        case ErrorForm::kApi:
            break;
    }
    http::Response response = json_error(status, message);
    if (status == 401) {
        response.header("WWW-Authenticate", R"(Bearer realm="Rookery", error="invalid_token")");
    }
    return response;
}

}  // namespace rookery::api::mastodon
