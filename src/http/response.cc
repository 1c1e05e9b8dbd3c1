#include "http/response.h"

namespace rookery::http {

namespace {

Response typed(std::string_view content_type, std::string body, int status) {
    Response response;
    response.status = status;
    response.header("Content-Type", std::string(content_type));
    response.body = std::move(body);
    return response;
}

}  // namespace

Response Response::json(std::string body, int status) {
    return typed("application/json; charset=utf-8", std::move(body), status);
}

Response Response::html(std::string body, int status) {
    return typed("text/html; charset=utf-8", std::move(body), status);
}

Response Response::text(std::string body, int status) {
    return typed("text/plain; charset=utf-8", std::move(body), status);
}

Response Response::redirect(std::string location, int status) {
    Response response;
    response.status = status;
    response.header("Location", std::move(location));
    return response;
}

}  // namespace rookery::http
