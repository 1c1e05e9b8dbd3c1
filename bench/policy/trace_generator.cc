#include "policy/trace_generator.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace rookery::policy {

namespace {

constexpr double kHourMs = 3'600'000;

double gauss(Random& random) {
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

/// Draws accounts in proportion to their weights.
class Lottery {
public:
    explicit Lottery(const std::vector<double>& weights) : sums_(weights.size()) {
        std::partial_sum(weights.begin(), weights.end(), sums_.begin());
    }
    [[nodiscard]] std::uint32_t draw(Random& random) const {
        const auto found = std::ranges::upper_bound(sums_, random.unit() * sums_.back());
        const auto index = std::min<std::ptrdiff_t>(
            found - sums_.begin(), static_cast<std::ptrdiff_t>(sums_.size()) - 1
        );
        return static_cast<std::uint32_t>(index + 1);
    }

private:
    std::vector<double> sums_;
};

/// Weights of which the given share is 0 and the others are lognormal.
Lottery rates(std::uint32_t accounts, double never, double sigma, Random& random) {
    std::vector<double> weights(accounts);
    for (double& weight : weights) {
        weight = random.chance(never) ? 0 : std::exp(sigma * gauss(random));
    }
    weights[0] = std::max(weights[0], 1.0);  // somebody
    return Lottery(weights);
}

/// Popularity by a power law, dealt to the accounts at random.
Lottery popularity(std::uint32_t accounts, Random& random) {
    constexpr double kExponent = 2.2;
    std::vector<double> weights(accounts);
    for (std::uint32_t rank = 0; rank < accounts; ++rank) {
        weights[rank] = std::pow(rank + 1.0, -1 / (kExponent - 1));
    }
    for (std::size_t i = accounts; i > 1; --i) {
        std::swap(weights[i - 1], weights[random.below(i)]);
    }
    return Lottery(weights);
}

/// A moment, more likely in the evening than in the night.
std::int64_t moment(double hours, Random& random) {
    constexpr double kSwing = 0.8;
    while (true) {
        const double hour = random.unit() * hours;
        const double tide = 1 + kSwing * std::sin(2 * std::numbers::pi * hour / 24);
        if (random.chance(tide / (1 + kSwing))) {
            return static_cast<std::int64_t>(hour * kHourMs);
        }
    }
}

class Events {
public:
    Events(const TraceShape& shape, Trace& trace)
        : shape_(shape),
          trace_(trace),
          random_(shape.seed + 1),
          readers_(rates(trace.accounts, 0.3, 1.8, random_)),
          authors_(rates(trace.accounts, 0.6, 2.0, random_)),
          targets_(popularity(trace.accounts, random_)),
          followers_(trace.accounts + 1),
          following_(trace.accounts + 1) {
        for (const Edge& edge : trace.graph) {
            followers_[edge.followee].push_back(edge.follower);
            following_[edge.follower].push_back(edge.followee);
        }
        celebrities_.resize(trace.accounts);
        std::iota(celebrities_.begin(), celebrities_.end(), 1);
        std::ranges::sort(celebrities_, [this](std::uint32_t a, std::uint32_t b) {
            return std::pair(followers_[b].size(), a) < std::pair(followers_[a].size(), b);
        });
        celebrities_.resize(std::min<std::size_t>(shape.celebrities, trace.accounts));
    }

    void make() {
        const auto total = static_cast<double>(shape_.events);
        const auto posts = static_cast<std::uint64_t>(total / (1 + shape_.reads_per_post));
        for (std::uint64_t i = 0; i < posts; ++i) {
            post();
        }
        while (trace_.events.size() < shape_.events) {
            session();
        }
        const std::uint64_t changes = shape_.events / 100;
        for (std::uint64_t i = 0; i < changes; ++i) {
            change();
        }
        std::ranges::sort(trace_.events);
    }

private:
    void add(std::int64_t at_ms, Event::Kind kind, std::uint32_t actor, std::uint32_t target = 0) {
        trace_.events.push_back({at_ms, kind, actor, target});
    }

    void post() {
        constexpr double kNoticed = 0.05;
        const bool famous = random_.chance(shape_.celebrities_post_share);
        const std::uint32_t author =
            famous ? celebrities_[random_.below(celebrities_.size())] : authors_.draw(random_);
        const std::int64_t at = moment(shape_.hours, random_);
        add(at, Event::Kind::kPost, author);
        // Now and then a follower is told of it and looks at once.
        if (!followers_[author].empty() && random_.chance(kNoticed)) {
            const auto& all = followers_[author];
            add(at, Event::Kind::kRead, all[random_.below(all.size())]);
        }
    }

    /// Somebody opens the feed, and again after a few minutes, for as long as they stay.
    void session() {
        constexpr double kStays = 0.67;
        constexpr double kPauseMs = 120'000;
        const std::uint32_t reader = readers_.draw(random_);
        std::int64_t at = moment(shape_.hours, random_);
        do {
            add(at, Event::Kind::kRead, reader);
            at += static_cast<std::int64_t>(-std::log(1 - random_.unit()) * kPauseMs);
        } while (random_.chance(kStays));
    }

    void change() {
        const std::int64_t at = moment(shape_.hours, random_);
        const std::uint32_t actor = readers_.draw(random_);
        const auto& followed = following_[actor];
        if (random_.chance(0.3) && !followed.empty()) {
            add(at, Event::Kind::kUnfollow, actor, followed[random_.below(followed.size())]);
            return;
        }
        const std::uint32_t target = targets_.draw(random_);
        if (target != actor) {
            add(at, Event::Kind::kFollow, actor, target);
        }
    }

    const TraceShape& shape_;
    Trace& trace_;
    Random random_;
    Lottery readers_;
    Lottery authors_;
    Lottery targets_;
    std::vector<std::vector<std::uint32_t>> followers_;
    std::vector<std::vector<std::uint32_t>> following_;
    std::vector<std::uint32_t> celebrities_;
};

}  // namespace

std::optional<TraceShape> shape_of(std::string_view name) {
    if (name == "read-heavy") {
        return TraceShape{.reads_per_post = 20};
    }
    if (name == "write-heavy") {
        return TraceShape{.reads_per_post = 1};
    }
    if (name == "celebrity-heavy") {
        return TraceShape{.reads_per_post = 10, .celebrities = 10, .celebrities_post_share = 0.5};
    }
    return std::nullopt;
}

Trace generate_graph(const TraceShape& shape) {
    constexpr double kSigma = 1.2;
    constexpr double kMean = 40;
    constexpr double kMost = 5000;
    Random random(shape.seed);
    Trace trace{.accounts = shape.accounts};
    const Lottery targets = popularity(shape.accounts, random);
    const double most = std::min(kMost, shape.accounts / 4.0);
    for (std::uint32_t follower = 1; follower <= shape.accounts; ++follower) {
        const double degree =
            std::exp(std::log(kMean) - kSigma * kSigma / 2 + kSigma * gauss(random));
        const auto count = static_cast<std::size_t>(std::min(degree, most));
        for (std::size_t i = 0; i < count; ++i) {
            trace.graph.push_back({follower, targets.draw(random)});
        }
        for (std::uint32_t celebrity = 1; celebrity <= shape.celebrities; ++celebrity) {
            if (random.chance(0.2)) {
                trace.graph.push_back({follower, celebrity});
            }
        }
    }
    std::erase_if(trace.graph, [](const Edge& edge) { return edge.follower == edge.followee; });
    std::ranges::sort(trace.graph);
    trace.graph.erase(std::unique(trace.graph.begin(), trace.graph.end()), trace.graph.end());
    return trace;
}

void generate_events(const TraceShape& shape, Trace& trace) {
    Events(shape, trace).make();
}

}  // namespace rookery::policy
