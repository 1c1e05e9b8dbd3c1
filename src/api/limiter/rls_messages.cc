#include "api/limiter/rls_messages.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdint>

namespace rookery::api::limiter {

namespace {

namespace rls = envoy::service::ratelimit::v3;

std::uint32_t to_uint32(std::uint64_t number) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
}

void fill_status(const Status& status, rls::RateLimitResponse::DescriptorStatus& message) {
    message.set_code(
        status.allowed ? rls::RateLimitResponse::OK : rls::RateLimitResponse::OVER_LIMIT
    );
    const RateLimit* limit = status.limit;
    if (limit == nullptr) {
        return;
    }
    if (limit->kind == RateLimit::Kind::kUnlimited) {
        message.set_limit_remaining(UINT32_MAX);
        return;
    }
    auto& current = *message.mutable_current_limit();
    current.set_name(limit->name);
    current.set_requests_per_unit(limit->requests_per_unit);
    current.set_unit(static_cast<rls::RateLimitResponse::RateLimit::Unit>(limit->unit));
    message.set_limit_remaining(to_uint32(status.decision.remaining));
    if (limit->kind == RateLimit::Kind::kCounted) {
        const limits::Nanos reset = status.decision.resets_after;
        message.mutable_duration_until_reset()->set_seconds(reset / limits::kSecond);
        message.mutable_duration_until_reset()->set_nanos(
            static_cast<std::int32_t>(reset % limits::kSecond)
        );
    }
}

}  // namespace

LimitRequest from_message(const rls::RateLimitRequest& message) {
    LimitRequest request;
    request.domain = message.domain();
    request.hits = message.hits_addend() == 0 ? 1 : message.hits_addend();
    request.descriptors.reserve(static_cast<std::size_t>(message.descriptors_size()));
    for (const auto& sent : message.descriptors()) {
        Descriptor& descriptor = request.descriptors.emplace_back();
        descriptor.entries.reserve(static_cast<std::size_t>(sent.entries_size()));
        for (const auto& entry : sent.entries()) {
            descriptor.entries.push_back({entry.key(), entry.value()});
        }
        if (sent.has_limit()) {
            descriptor.limit = Override{
                sent.limit().requests_per_unit(),
                static_cast<Unit>(std::clamp<int>(sent.limit().unit(), 0, 7))
            };
        }
        if (sent.has_hits_addend()) {
            descriptor.hits = sent.hits_addend().value();
        }
    }
    return request;
}

void fill_message(const Answer& answer, bool with_fields, rls::RateLimitResponse& message) {
    message.set_overall_code(
        answer.allowed ? rls::RateLimitResponse::OK : rls::RateLimitResponse::OVER_LIMIT
    );
    for (const Status& status : answer.statuses) {
        fill_status(status, *message.add_statuses());
    }
    if (!with_fields) {
        return;
    }
    for (auto& [name, value] : header_fields(answer)) {
        auto& field = *message.add_response_headers_to_add();
        field.set_key(name);
        field.set_value(std::move(value));
    }
}

Result<rls::RateLimitRequest> message_from_json(std::string_view text) {
    rls::RateLimitRequest message;
    const auto parsed = google::protobuf::util::JsonStringToMessage(std::string(text), &message);
    if (!parsed.ok()) {
        return fail(
            ErrorCode::kInvalid, "the body is no RateLimitRequest: " + std::string(parsed.message())
        );
    }
    return message;
}

std::string json_from_message(const rls::RateLimitResponse& message) {
    std::string text;
    // Every message of ours has a JSON form.
    static_cast<void>(google::protobuf::util::MessageToJsonString(message, &text));
    return text;
}

}  // namespace rookery::api::limiter
