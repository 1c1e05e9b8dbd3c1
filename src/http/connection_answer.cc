#include "base/encoding.h"
#include "base/log.h"
#include "base/prefetch.h"
#include "http/body_params.h"
#include "http/compression.h"
#include "http/connection.h"
#include "http/gather.h"
#include "http/grammar.h"
#include "http/gzip.h"
#include "http/status.h"

#include <algorithm>
#include <atomic>
#include <exception>

namespace rookery::http {

namespace {

constexpr std::size_t kRequestIdBytesMax = 128;
constexpr std::size_t kKeptBodyBytes = 64 * 1024;
constexpr std::string_view kCloseLine = "Connection: close\r\n";

/// 1xx, 204 and 304 have no body (RFC 9110, section 6.4.1).
bool has_no_body(int status) {
    return status < 200 || status == 204 || status == 304;
}

std::optional<std::string_view> find_header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (ascii_iequals(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

Response failure(const Request& request, std::string_view what) {
    log::error(
        "handler failed",
        {{"request_id", request.request_id}, {"route", request.route}, {"error", what}}
    );
    return error_response(500, "Something went wrong on our side");
}

bool is_head_or_get(Method method) {
    return method == Method::kGet || method == Method::kHead;
}

}  // namespace

/// A fresh request object; the old one's memory is used again unless a handler still holds it.
void Connection::renew_request() {
    if (!request_ || request_.use_count() != 1) {
        request_ = std::make_shared<Request>();
    } else {
        // use_count() is relaxed: what the last holder did must be over before we write.
        std::atomic_thread_fence(std::memory_order_acquire);
        prefetch_lines(
            request_->headers.data(), request_->headers.size() * sizeof(request_->headers[0])
        );
        request_->path.clear();
        request_->query.clear();
        if (request_->body.capacity() > kKeptBodyBytes) {
            request_->body = std::string();
        }
        request_->body.clear();
        request_->params = Params();
        request_->files.clear();
        request_->path_args.clear();
        request_->route = {};
        request_->secure = false;
    }
    request_->remote_address = peer_.address;
    request_->request_id = worker_.next_request_id();
}

void Connection::begin_request() {
    renew_request();
    parser_.fill(buffer_.view(), *request_);
    buffer_.consume(parser_.head_size());
    if (!peer_.is_trusted) {
        return;
    }
    worker_.shared().trust.apply(*request_);
    if (const auto id = request_->header("x-request-id")) {
        const bool is_good = id->size() <= kRequestIdBytesMax && is_token(*id);
        if (is_good) {
            request_->request_id = *id;
        }
    }
}

Task<bool> Connection::serve_one() {
    begin_request();
    Match match = router_.match(request_->method, request_->path);
    request_->route = match.pattern;
    request_->path_args = std::move(match.args);
    if (parser_.has_body()) {
        const bool is_complete = co_await read_body();
        if (!is_complete) {
            co_return false;
        }
    }
    request_begun_ = worker_.now();
    enter(Phase::kHandler, worker_.config().handler_timeout_ms, request_begun_);
    Response response;
    if (auto early = answer_without_handler(match)) {
        response = std::move(*early);
    } else {
        try {
            response = co_await (*match.handler)(request_);
        } catch (const std::exception& e) {
            response = failure(*request_, e.what());
        } catch (...) {
            response = failure(*request_, "not a std::exception");
        }
    }
    if (is_abandoned_) {
        co_return false;
    }
    const bool goes_on = co_await answer(std::move(response));
    release_body();
    buffer_.shrink();
    co_return goes_on;
}

std::optional<Response> Connection::answer_without_handler(Match& match) {
    const bool is_preflight = request_->method == Method::kOptions &&
                              request_->header("access-control-request-method") &&
                              is_cross_origin_path();
    if (is_preflight) {
        return preflight_answer(*request_);
    }
    if (match.handler == nullptr && match.allowed.empty()) {
        return error_response(404, "There is nothing at this address");
    }
    if (match.handler == nullptr) {
        match.allowed.push_back(Method::kOptions);
        Response response;
        if (request_->method == Method::kOptions) {
            response.status = 204;
        } else {
            response = error_response(405, "This address does not take that method");
        }
        response.header("Allow", allow_value(match.allowed));
        return response;
    }
    if (!std::ranges::all_of(request_->path_args, is_valid_utf8)) {
        return error_response(400, "The address is not valid UTF-8");
    }
    if (auto read = read_params(
            *request_,
            {worker_.config().params_max,
             worker_.config().json_bytes_max,
             worker_.config().bodies_are_raw}
        );
        !read) {
        return error_response(
            read.error().code == ErrorCode::kTooLarge ? 413 : 400, read.error().message
        );
    }
    return std::nullopt;
}

bool Connection::is_cross_origin_path() const {
    return std::ranges::any_of(worker_.config().cors_prefixes, [&](const std::string& prefix) {
        return request_->path.starts_with(prefix);
    });
}

HeadFacts Connection::begin_facts(bool keep_alive) {
    HeadFacts facts;
    facts.date_line = worker_.date_line();
    facts.request_id = request_->request_id;
    facts.is_cross_origin = is_cross_origin_path();
    if (!keep_alive) {
        facts.connection_line = kCloseLine;
    } else if (parser_.is_http_1_0()) {
        facts.connection_line = "Connection: keep-alive\r\n";
    }
    return facts;
}

Task<bool> Connection::answer(Response response) {
    if (response.upgrade.index() != 0) {
        const bool goes_on = co_await upgrade(std::move(response));
        co_return goes_on;
    }
    const bool keep_alive = will_keep_alive();
    HeadFacts facts = begin_facts(keep_alive);
    const std::string tag = tag_response(response);
    facts.entity_tag = tag;
    bool with_body = request_->method != Method::kHead;
    if (has_no_body(response.status)) {
        with_body = false;
    } else if (is_worth_gzip(response)) {
        facts.varies_by_encoding = true;
        const auto accepted = request_->header("accept-encoding");
        if (with_body && accepted && accepts_gzip(*accepted)) {
            facts.is_gzipped = co_await compress(&response);
            if (is_abandoned_) {
                co_return false;
            }
        }
    }
    if (!has_no_body(response.status)) {
        facts.content_length = body_size(response);
    }
    head_.clear();
    append_head(response, facts, head_);
    const int status = response.status;
    sent_bytes_ = 0;
    co_await worker_.send_turns().mine();
    if (is_abandoned_) {
        co_return false;
    }
    Sent sent = send_some(response, with_body);
    if (sent == Sent::kBlocked) {
        const bool is_written = co_await write_rest(std::move(response), with_body);
        sent = is_written ? Sent::kAll : Sent::kFailed;
    }
    record(status);
    co_return sent == Sent::kAll&& keep_alive;
}

std::string Connection::tag_response(Response& response) const {
    if (!response.etag || response.status != 200 || !is_head_or_get(request_->method)) {
        return {};
    }
    std::string tag = worker_.shared().tagger.tag(response);
    const auto known = request_->header("if-none-match");
    if (known && matches_entity_tag(*known, tag)) {
        response.status = 304;
        response.fragments.clear();
        response.body.clear();
        std::erase_if(response.headers, [](const auto& header) {
            return ascii_iequals(header.first, "content-type");
        });
    }
    return tag;
}

bool Connection::is_worth_gzip(const Response& response) const {
    return worker_.config().gzip_level > 0 &&
           body_size(response) >= worker_.config().gzip_bytes_min &&
           !find_header(response, "content-encoding") && response.status != 206 &&
           is_compressible(find_header(response, "content-type").value_or(""));
}

/// Small answers are compressed here and now, larger ones on another thread. False if that made
/// nothing smaller: then the response is as it was.
Task<bool> Connection::compress(Response* response) {
    const int level = worker_.config().gzip_level;
    const std::size_t plain_bytes = body_size(*response);
    std::string compressed;
    if (plain_bytes <= worker_.config().gzip_inline_bytes_max) {
        compressed = gzip(*response, level);
    } else {
        auto shared = std::make_shared<Response>(std::move(*response));
        compressed = co_await worker_.shared().compressors.run([shared, level] {
            return gzip(*shared, level);
        });
        *response = std::move(*shared);
    }
    if (compressed.empty() || compressed.size() >= plain_bytes) {
        co_return false;
    }
    response->fragments.clear();
    response->body = std::move(compressed);
    co_return true;
}

}  // namespace rookery::http
