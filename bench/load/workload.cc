#include "load/workload.h"

#include "load/follow_source.h"
#include "load/home_source.h"
#include "load/post_source.h"
#include "load/profile_source.h"
#include "load/raw_source.h"
#include "load/thread_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace rookery::load {

namespace {

constexpr double kDeeperShare = 0.05;  // of the reads of home timelines

struct Share {
    std::string_view source;
    double weight = 1;
};

struct Recipe {
    std::string_view name;
    std::vector<Share> shares;
};

const std::vector<Recipe>& recipes() {
    static const std::vector<Recipe> all = {
        {"home", {{"home", 1 - kDeeperShare}, {"home-deeper", kDeeperShare}}},
        {"home-poll", {{"home-poll", 1}}},
        {"post", {{"post", 1}}},
        // Ten reads for each post.
        {"mix", {{"home", 10 * (1 - kDeeperShare)}, {"home-deeper", 10 * kDeeperShare}, {"post", 1}}
        },
        {"profile", {{"profile", 1}}},
        {"thread", {{"thread", 1}}},
        {"follow", {{"follow", 1}}},
        // The mixed workload of DeathStarBench's social network (Gan et al., ASPLOS 2019).
        {"social", {{"home", 60}, {"profile", 30}, {"post", 10}}},
        {"raw", {{"raw", 1}}},
    };
    return all;
}

std::unique_ptr<RequestSource>
make_source(std::string_view name, Scene scene, const std::string& requests) {
    if (name == "home") {
        return std::make_unique<HomeSource>(scene, HomePage::kFirst);
    }
    if (name == "home-deeper") {
        return std::make_unique<HomeSource>(scene, HomePage::kDeeper);
    }
    if (name == "home-poll") {
        return std::make_unique<HomeSource>(scene, HomePage::kPoll);
    }
    if (name == "profile") {
        return std::make_unique<ProfileSource>(scene);
    }
    if (name == "thread") {
        return std::make_unique<ThreadSource>(scene);
    }
    if (name == "follow") {
        return std::make_unique<FollowSource>(scene);
    }
    if (name == "raw") {
        return std::make_unique<RawSource>(scene, requests);
    }
    return std::make_unique<PostSource>(scene);
}

/// By time; who waits for another is told its new place.
void sort_by_time(std::vector<Operation>& operations) {
    std::vector<std::uint32_t> order(operations.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) {
        return std::pair(operations[i].at_ns, i);
    });
    std::vector<std::uint32_t> place(operations.size());
    std::vector<Operation> sorted;
    sorted.reserve(operations.size());
    for (const std::uint32_t i : order) {
        place[i] = static_cast<std::uint32_t>(sorted.size());
        sorted.push_back(operations[i]);
    }
    for (Operation& operation : sorted) {
        if (operation.after != Operation::kNone) {
            operation.after = place[operation.after];
        }
    }
    operations = std::move(sorted);
}

}  // namespace

std::string Workload::names() {
    std::string names;
    for (const Recipe& recipe : recipes()) {
        names += (names.empty() ? "" : ", ") + std::string(recipe.name);
    }
    return names;
}

Result<Workload> Workload::make(std::string_view name, Scene scene, const std::string& requests) {
    const auto found = std::ranges::find(recipes(), name, &Recipe::name);
    if (found == recipes().end()) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("there is no workload \"{}\"; there are: {}", name, names())
        );
    }
    Workload workload;
    std::size_t kinds = 0;
    for (const Share& share : found->shares) {
        auto source = make_source(share.source, scene, requests);
        source->number_kinds(static_cast<std::uint8_t>(kinds));
        kinds += source->kinds().size();
        workload.parts_.push_back({std::move(source), share.weight});
    }
    return workload;
}

Result<void> Workload::prepare(Fetcher& fetcher) {
    for (const Part& part : parts_) {
        if (auto done = part.source->prepare(fetcher); !done) {
            return done;
        }
    }
    return {};
}

Result<void> Workload::restore(Fetcher& fetcher) {
    for (const Part& part : parts_) {
        if (auto done = part.source->restore(fetcher); !done) {
            return done;
        }
    }
    return {};
}

Plan Workload::plan(
    const std::vector<std::int64_t>& arrivals,
    std::uint64_t sample_every,
    std::uint64_t seed
) {
    Plan plan;
    plan.operations.reserve(arrivals.size());
    Random random(seed ^ 0x914A'57AFULL);
    double total = 0;
    for (const Part& part : parts_) {
        total += part.weight;
    }
    for (const std::int64_t at_ns : arrivals) {
        double at = random.unit() * total;
        auto part = parts_.begin();
        while (at >= part->weight && part + 1 != parts_.end()) {
            at -= part->weight;
            ++part;
        }
        const std::size_t first = plan.operations.size();
        part->source->add(plan, at_ns, random);
        for (std::size_t i = first; i < plan.operations.size(); ++i) {
            plan.operations[i].keep = part->source->keeps_all() || random.below(sample_every) == 0;
        }
    }
    sort_by_time(plan.operations);
    return plan;
}

std::vector<std::string> Workload::kinds() const {
    std::vector<std::string> all;
    for (const Part& part : parts_) {
        for (std::string& kind : part.source->kinds()) {
            all.push_back(std::move(kind));
        }
    }
    return all;
}

const RequestSource& Workload::source_of(std::uint8_t kind) const {
    const auto found =
        std::ranges::find_if(parts_, [kind](const Part& part) { return part.source->owns(kind); });
    return *found->source;
}

}  // namespace rookery::load
