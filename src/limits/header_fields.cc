#include "limits/header_fields.h"

#include "base/encoding.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace rookery::limits {

namespace {

constexpr Nanos kMillisecond = 1'000'000;
constexpr std::size_t kItemBytes = 48;  // room for most
constexpr Nanos kYear = 31'622'400 * kSecond;

Nanos units_up(Nanos time, Nanos unit) {
    return time / unit + (time % unit != 0 ? 1 : 0);
}

/// As Mastodon writes it: with microseconds.
std::string iso8601_us(UnixMs time_ms) {
    std::string text = iso8601_ms(time_ms);
    text.insert(text.size() - 1, "000");
    return text;
}

/// When the limit is whole again; of one that nobody has used, when its window ends.
Nanos resets_after(const Answer& answer, Nanos now) {
    const Decision& decision = answer.decision;
    if (!decision.allowed && decision.retry_after == kNever) {
        return kYear;
    }
    if (decision.resets_after != 0) {
        return decision.resets_after;
    }
    const Rule& rule = answer.rule->rule();
    return rule.algorithm == Algorithm::kFixedWindow ? rule.quota.period - now % rule.quota.period
                                                     : 0;
}

void append_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    text.append(digits.begin(), end);
}

}  // namespace

std::string policy_item_of(const Rule& rule) {
    return fmt::format(
        "\"{}\";q={};w={}", rule.name, rule.quota.amount, units_up(rule.quota.period, kSecond)
    );
}

std::vector<HeaderField> header_fields(const Verdict& verdict, UnixMs now_ms) {
    std::vector<HeaderField> fields;
    const Answer* const first = verdict.first();
    if (first == nullptr) {
        return fields;
    }
    const Nanos reset = resets_after(*first, verdict.at);
    fields.reserve(6);
    fields.push_back({"X-RateLimit-Limit", std::to_string(capacity(first->rule->rule()))});
    fields.push_back({"X-RateLimit-Remaining", std::to_string(first->decision.remaining)});
    fields.push_back({"X-RateLimit-Reset", iso8601_us(now_ms + units_up(reset, kMillisecond))});
    std::string policies;
    std::string rests;
    policies.reserve(verdict.answers.size() * kItemBytes);
    rests.reserve(verdict.answers.size() * kItemBytes);
    for (const Answer& answer : verdict.answers) {
        const Rule& rule = answer.rule->rule();
        if (!answer.asked || rule.shadow) {
            continue;
        }
        const std::string_view comma = policies.empty() ? "" : ", ";
        policies += comma;
        policies += answer.rule->policy_item();
        rests += comma;
        rests += '"';
        rests += rule.name;
        rests += "\";r=";
        append_number(rests, answer.decision.remaining);
        rests += ";t=";
        append_number(
            rests, static_cast<std::uint64_t>(units_up(resets_after(answer, verdict.at), kSecond))
        );
    }
    fields.push_back({"RateLimit-Policy", std::move(policies)});
    fields.push_back({"RateLimit", std::move(rests)});
    if (!verdict.allowed) {
        const Nanos retry = first->decision.retry_after;
        fields.push_back(
            {"Retry-After", std::to_string(units_up(retry == kNever ? kYear : retry, kSecond))}
        );
    }
    return fields;
}

}  // namespace rookery::limits
