#pragma once

#include "base/clock.h"
#include "limits/rulebook.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::limits {

struct HeaderField {
    std::string_view name;
    std::string value;
};

/// "\"posts\";q=300;w=10800": the rule as RateLimit-Policy has it.
[[nodiscard]] std::string policy_item_of(const Rule& rule);

/// What an answer tells its client of a verdict: Mastodon's X-RateLimit fields of the answer that
/// counts most, which a client that knows one limit only goes by; RateLimit and RateLimit-Policy of
/// all (draft-ietf-httpapi-ratelimit-headers-10); if refused, Retry-After (RFC 9110, 10.2.3). Times
/// are rounded up, so whoever waits for them does not come too early. Rules on trial are left out.
/// `now_ms` is the wall clock's time of the verdict.
[[nodiscard]] std::vector<HeaderField> header_fields(const Verdict& verdict, UnixMs now_ms);

}  // namespace rookery::limits
