#include "api/mastodon/throttles.h"

#include "base/encoding.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr limits::Nanos kMillisecond = 1'000'000;

WindowLimit per_address(WindowLimit config) {
    config.requests_max *= 4;
    return config;
}

limits::FixedWindow window_of(const WindowLimit& config) {
    auto window = limits::FixedWindow::make(
        {.amount = config.requests_max, .period = config.window_ms * kMillisecond}
    );
    if (!window) {
        throw std::invalid_argument(window.error().message);
    }
    return *window;
}

/// As Mastodon writes it: with microseconds.
std::string iso8601_us(UnixMs time_ms) {
    std::string text = iso8601_ms(time_ms);
    text.insert(text.size() - 1, "000");
    return text;
}

/// Whole seconds, rounded up: a client that waits for them does not come too early.
limits::Nanos seconds_up(limits::Nanos time) {
    return time / limits::kSecond + (time % limits::kSecond != 0 ? 1 : 0);
}

/// When the limit is whole again. One that nobody has used yet is so at the end of its window.
limits::Nanos resets_after(const Allowance& allowance, limits::Nanos now) {
    if (allowance.decision.resets_after != 0) {
        return allowance.decision.resets_after;
    }
    const limits::Nanos window = allowance.window_ms * kMillisecond;
    return window - now % window;
}

}  // namespace

void Verdict::add_headers(UnixMs now_ms, http::Response& response) const {
    if (allowances.empty()) {
        return;
    }
    const Allowance& first = allowances.front();
    const limits::Nanos reset = resets_after(first, at);
    response.header("X-RateLimit-Limit", std::to_string(first.limit));
    response.header("X-RateLimit-Remaining", std::to_string(first.decision.remaining));
    response.header("X-RateLimit-Reset", iso8601_us(now_ms + reset / kMillisecond));
    std::string policies;
    std::string rests;
    for (const Allowance& allowance : allowances) {
        const std::string_view comma = policies.empty() ? "" : ", ";
        policies += fmt::format(
            "{}\"{}\";q={};w={}",
            comma,
            allowance.policy,
            allowance.limit,
            seconds_up(allowance.window_ms * kMillisecond)
        );
        rests += fmt::format(
            "{}\"{}\";r={};t={}",
            comma,
            allowance.policy,
            allowance.decision.remaining,
            seconds_up(resets_after(allowance, at))
        );
    }
    response.header("RateLimit-Policy", policies);
    response.header("RateLimit", rests);
    if (!allowed) {
        response.header("Retry-After", std::to_string(seconds_up(first.decision.retry_after)));
    }
}

Throttles::Window::Window(std::string_view policy_name, const WindowLimit& window_config)
    : policy(policy_name),
      config(window_config),
      table(window_of(window_config), {.keys_max = window_config.keys_max}) {}

Throttles::Throttles(const ApiConfig& config, const Clock& clock, const limits::KeyHasher& hasher)
    : clock_(clock),
      hasher_(hasher),
      began_at_(clock.now_ms() * kMillisecond),
      began_steady_(clock.steady()),
      enabled_(config.limits_enabled),
      general_("requests", config.general_limit),
      posting_("posts", config.posting_limit),
      sign_up_("sign-ups", config.sign_up_limit),
      sign_in_names_("sign-ins", config.sign_in_limit),
      sign_in_addresses_("sign-ins-by-address", per_address(config.sign_in_limit)) {}

limits::Nanos Throttles::now() const {
    const auto passed = clock_.steady() - began_steady_;
    return began_at_ + std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count();
}

std::vector<limits::NamedLimit> Throttles::named_limits() {
    std::vector<limits::NamedLimit> named;
    if (!enabled_) {
        return named;
    }
    for (Window* window : {&general_, &posting_, &sign_up_, &sign_in_names_, &sign_in_addresses_}) {
        named.push_back(
            {fmt::format("{}:{}", window->policy, window->config.window_ms), &window->table}
        );
    }
    return named;
}

Verdict Throttles::take_all(std::span<const Counted> counted) {
    std::vector<limits::Charge> charges;
    charges.reserve(counted.size());
    for (const Counted& one : counted) {
        charges.push_back({&one.window->table, hasher_.key(one.key), 1, {}});
    }
    Verdict verdict;
    verdict.at = now();
    verdict.allowed = limits::take_all(charges, verdict.at);
    for (const Counted& one : counted) {
        const auto charge = std::ranges::find(
            charges, static_cast<limits::Limit*>(&one.window->table), &limits::Charge::limit
        );
        verdict.allowances.push_back(
            {one.window->policy,
             one.window->config.requests_max,
             one.window->config.window_ms,
             charge->decision}
        );
        // The decision of one that would have allowed it counts the request, and it was not
        // charged.
        if (!verdict.allowed && charge->decision.allowed) {
            ++verdict.allowances.back().decision.remaining;
        }
    }
    const auto first_refusal =
        std::ranges::find(verdict.allowances, false, [](const Allowance& allowance) {
            return allowance.decision.allowed;
        });
    if (first_refusal != verdict.allowances.end()) {
        std::rotate(verdict.allowances.begin(), first_refusal, std::next(first_refusal));
    }
    return verdict;
}

Verdict Throttles::take(RateClass rate, std::string_view key, std::string_view address) {
    if (!enabled_) {
        return {};
    }
    const Counted general{&general_, key};
    switch (rate) {
        case RateClass::kPosting:
            return take_all(std::array{Counted{&posting_, key}, general});
        case RateClass::kSignUp:
            return take_all(std::array{Counted{&sign_up_, address}, general});
        case RateClass::kGeneral:
            break;
    }
    return take_all(std::array{general});
}

Verdict Throttles::sign_in(std::string_view login, std::string_view address) {
    if (!enabled_) {
        return {};
    }
    const std::string name = ascii_lower(trim_ascii(login));
    const std::string network = address_key(address);
    return take_all(
        std::array{Counted{&sign_in_names_, name}, Counted{&sign_in_addresses_, network}}
    );
}

std::string address_key(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(std::string(address), error);
    if (error) {
        return std::string(address);
    }
    if (parsed.is_v4()) {
        return parsed.to_string();
    }
    if (parsed.to_v6().is_v4_mapped()) {
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6())
            .to_string();
    }
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(bytes).to_string();
}

}  // namespace rookery::api::mastodon
