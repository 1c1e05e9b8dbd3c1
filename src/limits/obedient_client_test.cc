#include "limits/header_fields.h"
#include "limits/rulebook.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

/// A client that goes by what answers tell it is never refused.
namespace rookery::limits {
namespace {

class SteppedClock final : public Clock {
public:
    [[nodiscard]] UnixMs now_ms() const override { return kBegin + nanos / 1'000'000; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(nanos));
    }

    static constexpr UnixMs kBegin = 1'767'225'600'123;
    Nanos nanos = 0;
};

std::string_view value_of(const std::vector<HeaderField>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &HeaderField::name);
    return found == fields.end() ? "" : std::string_view(found->value);
}

std::int64_t number_after(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark) + mark.size();
    std::int64_t number = -1;
    std::from_chars(&text[at], text.data() + text.size(), number);
    return number;
}

/// How long whoever reads RateLimit waits: until the last of the limits that are used up resets.
Nanos wait_by_ratelimit(std::string_view field) {
    Nanos wait = 0;
    while (!field.empty()) {
        const std::string_view item = field.substr(0, field.find(", "));
        if (number_after(item, ";r=") == 0) {
            wait = std::max(wait, number_after(item, ";t=") * kSecond);
        }
        field.remove_prefix(std::min(field.size(), item.size() + 2));
    }
    return wait;
}

/// The same by Mastodon's fields: the time of day of X-RateLimit-Reset, if nothing remains. The
/// tests stay within a day of 2026-01-01.
Nanos wait_by_x_ratelimit(const std::vector<HeaderField>& fields, const SteppedClock& clock) {
    if (value_of(fields, "X-RateLimit-Remaining") != "0") {
        return 0;
    }
    const std::string_view reset = value_of(fields, "X-RateLimit-Reset");
    const std::int64_t days = number_after(reset, "2026-01-") - 1;
    const std::int64_t seconds =
        ((days * 24 + number_after(reset, "T")) * 60 + number_after(reset.substr(13), ":")) * 60 +
        number_after(reset.substr(16), ":");
    const std::int64_t micros = number_after(reset, ".");
    const UnixMs at_ms = 1'767'225'600'000 + seconds * 1'000 + micros / 1'000;
    return std::max<Nanos>(0, (at_ms - clock.now_ms()) * 1'000'000);
}

enum class Reads : std::uint8_t { kRateLimit, kXRateLimit };

class ObedientClient : public testing::TestWithParam<Reads> {};

TEST_P(ObedientClient, IsNeverRefused) {
    const char* const asked =
        std::getenv("ROOKERY_OBEDIENT_REQUESTS");  // NOLINT(concurrency-mt-unsafe)
    const int requests = asked == nullptr ? 40'000 : std::atoi(asked);
    constexpr int kRounds = 40;
    std::mt19937_64 random(7);
    const KeyHasher hasher(KeyHasher::random_secret());
    int made = 0;
    for (int round = 0; round < kRounds; ++round) {
        SteppedClock clock;
        const Timekeeper timekeeper(clock);
        std::vector<Rule> rules;
        for (const std::string_view name : {"a", "b", "c"}) {
            Rule rule;
            rule.name = name;
            rule.algorithm = static_cast<Algorithm>(random() % algorithm_names().size());
            const std::uint64_t amount = 1 + random() % 50;
            // A day has room for all that is asked.
            rule.quota = {
                .amount = amount,
                .period = 1'000'000 + static_cast<Nanos>(random() % (amount * 20'000'000)),
                .burst = 1 + random() % 20
            };
            rules.push_back(rule);
        }
        const auto book = Rulebook::make(rules, {.hasher = &hasher, .timekeeper = &timekeeper});
        ASSERT_TRUE(book) << book.error().message;
        const std::vector<Ask> asks{
            {(*book)->find("a"), "bob"}, {(*book)->find("b"), "bob"}, {(*book)->find("c"), "bob"}
        };
        for (int i = 0; i < requests / kRounds; ++i) {
            const Verdict verdict = (*book)->take(asks);
            ASSERT_TRUE(verdict.allowed) << "round " << round << ", request " << i;
            ++made;
            const auto fields = header_fields(verdict, clock.now_ms());
            const Nanos wait = GetParam() == Reads::kRateLimit
                                   ? wait_by_ratelimit(value_of(fields, "RateLimit"))
                                   : wait_by_x_ratelimit(fields, clock);
            clock.nanos += wait + static_cast<Nanos>(random() % 3 == 0 ? random() % 1'000'000 : 0);
        }
    }
    EXPECT_EQ(made, requests / kRounds * kRounds);
}

INSTANTIATE_TEST_SUITE_P(
    Fields,
    ObedientClient,
    testing::Values(Reads::kRateLimit, Reads::kXRateLimit),
    [](const auto& parameter) {
        return parameter.param == Reads::kRateLimit ? "RateLimit" : "XRateLimit";
    }
);

}  // namespace
}  // namespace rookery::limits
