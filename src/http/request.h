#pragma once

#include "http/params.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::http {

enum class Method : unsigned char { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
[[nodiscard]] std::string_view to_string(Method method);

/// A file of a multipart body.
struct UploadedFile {
    std::string field;
    std::string filename;
    std::string content_type;
    std::string bytes;
};

/// One request, complete with its body. Immutable once a handler sees it, hence free to share.
struct Request {
    Method method = Method::kGet;
    std::string path;   ///< as sent, without the query; not decoded
    std::string query;  ///< without the '?'
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;  ///< de-chunked; empty where it was taken apart into params and files
    Params params;     ///< query and body together
    std::vector<UploadedFile> files;

    /// The values of `:name` parts of the route's pattern, decoded, in their order.
    std::vector<std::string> path_args;
    /// The route's pattern, e.g. "/api/v1/statuses/:id"; empty if none matched.
    std::string_view route;

    /// The client's address: the peer's, or what a trusted proxy says it is.
    std::string remote_address;
    /// True if the client came by https, as a trusted proxy says.
    bool secure = false;
    /// The X-Request-Id of a trusted proxy, or a new one.
    std::string request_id;

    /// `lower_name` in lower case; the first value if there are several.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_name) const;
    /// The value of one cookie (RFC 6265), as sent.
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
};

/// Handlers are coroutines, whose parameters go by value.
using RequestPtr = std::shared_ptr<const Request>;

}  // namespace rookery::http
