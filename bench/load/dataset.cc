#include "load/dataset.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace rookery::load {

namespace {

constexpr double kMostPopularShare = 0.1;
constexpr double kGolden = 0.618033988749895;
constexpr std::size_t kTokenCharacters = 43;

Random random_of(std::uint64_t seed, std::uint64_t account, std::uint64_t purpose) {
    std::uint64_t state = seed ^ (account * 0xD1342543DE82EF95ULL) ^ (purpose << 56);
    return Random(split_mix64(state));
}

/// Box and Muller's transform of two uniform numbers.
double normal(Random& random) {
    const double radius = std::sqrt(-2 * std::log1p(-random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

}  // namespace

MadeUpGraph::MadeUpGraph(const DatasetOptions& options) : options_(options) {
    const double decay = 1 / (options.popularity_exponent - 1);
    power_ = 1 - decay;
    const auto count = static_cast<double>(options.accounts);
    // The larger the shift, the flatter the head: by bisection, the least that is flat enough.
    double below = 0;
    double above = count;
    for (int i = 0; i < 60; ++i) {
        shift_ = (below + above) / 2;
        low_ = std::pow(shift_, power_);
        high_ = std::pow(count + shift_, power_);
        const double first = std::pow(1 + shift_, -decay) * power_ / (high_ - low_);
        (first * options.followees_mean > kMostPopularShare ? below : above) = shift_;
    }
    stride_ = static_cast<std::uint64_t>(count * kGolden) | 1U;
    while (std::gcd(stride_, options.accounts) != 1) {
        ++stride_;
    }
}

std::uint64_t MadeUpGraph::draw_popular(double unit) const {
    const double at = std::pow(low_ + (unit * (high_ - low_)), 1 / power_) - shift_;
    const auto rank =
        std::min(static_cast<std::uint64_t>(std::max(at, 0.0)), options_.accounts - 1);
    return 1 + (static_cast<std::uint64_t>(
                   static_cast<__uint128_t>(rank + 1) * stride_ % options_.accounts
               ));
}

std::vector<std::uint64_t> MadeUpGraph::followees(std::uint64_t follower) const {
    Random random = random_of(options_.seed, follower, 1);
    const double sigma = options_.followees_sigma;
    const double location = std::log(options_.followees_mean) - (sigma * sigma / 2);
    const double drawn = std::round(std::exp(location + (sigma * normal(random))));
    const auto most = static_cast<double>(std::min(options_.followees_max, options_.accounts - 1));
    const auto wanted = static_cast<std::size_t>(std::clamp(drawn, 1.0, most));

    std::vector<std::uint64_t> list;
    list.reserve(wanted + 1);
    if (follower != 1 && random.chance(options_.celebrity_share)) {
        list.push_back(1);
    }
    // Draws repeat themselves; what is missing is drawn again. In a small network a few may stay
    // missing, as the popular have all been drawn.
    for (int round = 0; round < 16 && list.size() < wanted; ++round) {
        for (std::size_t missing = wanted - list.size(); missing > 0; --missing) {
            const std::uint64_t account = draw_popular(random.unit());
            if (account != follower) {
                list.push_back(account);
            }
        }
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    if (list.empty()) {
        list.push_back(follower == 1 ? 2 : 1);
    }
    return list;
}

std::string made_up_token(std::uint64_t seed, std::uint64_t account) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    Random random = random_of(seed, account, 2);
    std::string token(kTokenCharacters, '\0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (i % 10 == 0) {  // ten characters of six bits from each number
            bits = random.next();
        }
        token[i] = kAlphabet[bits & 63U];
        bits >>= 6U;
    }
    return token;
}

}  // namespace rookery::load
