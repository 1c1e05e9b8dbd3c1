#include "limits/shared/shared_rule.h"

#include "base/encoding.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <numeric>

namespace rookery::limits {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kExact = std::uint64_t{1} << 53U;
constexpr std::uint64_t kHalf = std::uint64_t{1} << 52U;
constexpr std::uint64_t kMicro = 1'000;
constexpr std::uint64_t kSubwindows = 28;
/// A log is one string of 16 bytes a moment, of which the store takes 512 MiB.
constexpr std::uint64_t kLogMax = std::uint64_t{1} << 24U;

std::uint64_t rounded_up(std::uint64_t a, std::uint64_t b) {
    return a / b + (a % b != 0 ? 1 : 0);
}

struct Numbers {
    std::uint64_t amount;
    std::uint64_t burst;
    std::uint64_t micros;
    std::uint64_t nanos;
    std::uint64_t common;  ///< of amount and microseconds

    explicit Numbers(const Quota& quota)
        : amount(quota.amount),
          burst(quota.burst),
          micros(static_cast<std::uint64_t>(quota.period) / kMicro),
          nanos(static_cast<std::uint64_t>(quota.period)),
          common(std::gcd(amount, micros)) {}
};

/// What of the quota the algorithm cannot count exactly; empty: nothing.
std::string_view too_large(Algorithm algorithm, const Numbers& n) {
    switch (algorithm) {
        case Algorithm::kTokenBucket:
        case Algorithm::kLeakingMeter:
        case Algorithm::kLeakingQueue:
            return Wide{n.burst} * (n.micros / n.common) < kExact && n.amount < kExact
                       ? ""
                       : "burst * period in microseconds / gcd(amount, period in microseconds) "
                         "must be below 2^53";
        case Algorithm::kGcra:
            return Wide{n.burst} * rounded_up(n.nanos, n.amount) < kHalf
                       ? ""
                       : "burst * period / amount must be below 52 days";
        case Algorithm::kFixedWindow:
            return n.amount < kExact ? "" : "amount must be below 2^53";
        case Algorithm::kSlidingLog:
            return n.amount <= kLogMax ? "" : "amount must be at most 2^24 for a log";
        case Algorithm::kSlidingCounter:
            return n.amount <= UINT32_MAX ? "" : "amount must be below 2^32";
        case Algorithm::kSubwindowCounter:
            if (n.micros < kSubwindows || rounded_up(n.nanos, kSubwindows) >= kHalf) {
                return "period must be at least 28 microseconds and below 4 years for sub-windows";
            }
            return n.amount <= UINT32_MAX ? "" : "amount must be below 2^32";
    }
    return "the algorithm is none that a store knows";
}

Error refusal(const Rule& rule, std::string_view what) {
    return fail(ErrorCode::kInvalid, fmt::format("rate limit {}: {}", rule.name, what));
}

Result<void> check_lease(const Rule& rule) {
    if (rule.algorithm == Algorithm::kLeakingQueue) {
        return refusal(
            rule, "a leaking queue cannot be leased, because what it holds back stands in one order"
        );
    }
    if (rule.lease == 0 || rule.lease > capacity(rule)) {
        return refusal(rule, fmt::format("a lease must be of 1 to {} units", capacity(rule)));
    }
    if (rule.lease_for <= 0 || rule.lease_for > kPeriodMax) {
        return refusal(rule, "the time of a lease must be above 0 and at most 36 years");
    }
    return {};
}

}  // namespace

Result<void> check_shared(const Rule& rule) {
    if (rule.reach == Reach::kLocal) {
        return {};
    }
    if (auto checked = check(rule.quota); !checked) {
        return refusal(rule, checked.error().message);
    }
    if (static_cast<std::uint64_t>(rule.quota.period) % kMicro != 0) {
        return refusal(rule, "the period of a shared limit must be in whole microseconds");
    }
    if (const auto what = too_large(rule.algorithm, Numbers(rule.quota)); !what.empty()) {
        return refusal(rule, what);
    }
    return rule.reach == Reach::kLeased ? check_lease(rule) : Result<void>();
}

StoreRule store_rule(const Rule& rule) {
    const Numbers n(rule.quota);
    const auto with = [&](std::uint64_t a, std::uint64_t b, std::uint64_t c) {
        return StoreRule{
            .algorithm = rule.algorithm,
            .a = static_cast<double>(a),
            .b = static_cast<double>(b),
            .c = static_cast<double>(c),
        };
    };
    switch (rule.algorithm) {
        case Algorithm::kTokenBucket:
        case Algorithm::kLeakingMeter:
        case Algorithm::kLeakingQueue:
            return with(n.burst, n.micros / n.common, n.amount / n.common);
        case Algorithm::kGcra:
            return with(n.burst, rounded_up(n.nanos, n.amount), 0);
        case Algorithm::kSubwindowCounter:
            return with(n.amount, rounded_up(n.nanos, kSubwindows), 0);
        case Algorithm::kFixedWindow:
        case Algorithm::kSlidingLog:
        case Algorithm::kSlidingCounter:
            break;
    }
    return with(n.amount, n.micros, 0);
}

StoreKeys::StoreKeys(std::string_view prefix, std::string_view secret)
    : prefix_(fmt::format("{{{}}}:", prefix)), secret_(secret.empty() ? "" : sha256(secret)) {}

std::string StoreKeys::key(const Rule& rule, std::string_view of) const {
    crypto_generichash_state state;
    const auto add = [&](const void* bytes, std::size_t size) {
        crypto_generichash_update(&state, static_cast<const unsigned char*>(bytes), size);
    };
    std::array<char, 16> hash{};
    crypto_generichash_init(
        &state, reinterpret_cast<const unsigned char*>(secret_.data()), secret_.size(), hash.size()
    );
    const std::string name = state_name(rule);
    const std::uint64_t size = name.size();  // where the name ends and the key begins
    add(&size, sizeof(size));
    add(name.data(), name.size());
    add(of.data(), of.size());
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());

    std::string key = prefix_;
    key.append(rule.name).append(":");
    key.append(base64url_encode({hash.data(), hash.size()}));
    return key;
}

}  // namespace rookery::limits
