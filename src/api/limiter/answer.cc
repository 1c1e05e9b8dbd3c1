#include "api/limiter/answer.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::api::limiter {

namespace {

/// As a String of RFC 9651: what that cannot hold is percent-encoded.
std::string policy_name(const RateLimit& limit) {
    std::string out = "\"";
    for (const char c : limit.name.empty() ? limit.path : limit.name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte > 0x7E || c == '%') {
            out += fmt::format("%{:02X}", byte);
            continue;
        }
        if (c == '"' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out + "\"";
}

bool is_counted(const Status& status) {
    return status.limit != nullptr && status.limit->kind != RateLimit::Kind::kUnlimited;
}

}  // namespace

std::int64_t seconds_up(limits::Nanos time) {
    return time / limits::kSecond + (time % limits::kSecond != 0 ? 1 : 0);
}

std::int64_t milliseconds_up(limits::Nanos time) {
    constexpr limits::Nanos kMillisecond = limits::kSecond / 1000;
    return time / kMillisecond + (time % kMillisecond != 0 ? 1 : 0);
}

limits::Nanos Answer::retry_after() const {
    limits::Nanos longest = 0;
    for (const Status& status : statuses) {
        if (!status.allowed) {
            longest = std::max(longest, status.decision.retry_after);
        }
    }
    return longest;
}

limits::Nanos Answer::wait() const {
    limits::Nanos longest = 0;
    for (const Status& status : statuses) {
        longest = std::max(longest, status.decision.wait);
    }
    return longest;
}

std::vector<std::pair<std::string, std::string>> header_fields(const Answer& answer) {
    std::vector<std::pair<std::string, std::string>> fields;
    if (answer.foremost == Answer::kNone) {
        return fields;
    }
    const Status& first = answer.statuses[answer.foremost];
    fields.emplace_back("X-RateLimit-Limit", std::to_string(first.limit->requests_per_unit));
    fields.emplace_back("X-RateLimit-Remaining", std::to_string(first.decision.remaining));
    fields.emplace_back(
        "X-RateLimit-Reset", std::to_string(seconds_up(first.decision.resets_after))
    );
    std::string policies;
    std::string rests;
    const auto add = [&](const Status& status) {
        const std::string_view comma = policies.empty() ? "" : ", ";
        const std::string name = policy_name(*status.limit);
        policies += fmt::format("{}{};q={}", comma, name, status.limit->requests_per_unit);
        rests += fmt::format("{}{};r={}", comma, name, status.decision.remaining);
        if (status.limit->kind == RateLimit::Kind::kCounted) {
            policies += fmt::format(";w={}", seconds_up(status.limit->rule.quota.period));
            rests += fmt::format(";t={}", seconds_up(status.decision.resets_after));
        }
    };
    add(first);
    for (const Status& status : answer.statuses) {
        if (&status != &first && is_counted(status)) {
            add(status);
        }
    }
    fields.emplace_back("RateLimit-Policy", std::move(policies));
    fields.emplace_back("RateLimit", std::move(rests));
    if (const limits::Nanos retry = answer.retry_after();
        !answer.allowed && retry != limits::kNever) {
        fields.emplace_back("Retry-After", std::to_string(seconds_up(retry)));
    }
    return fields;
}

}  // namespace rookery::api::limiter
