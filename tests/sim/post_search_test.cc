// Random histories: whoever searches finds exactly the posts that a look at all of them finds. A
// failure prints its seed; ROOKERY_SIM_SEED repeats it.
#include "sim/post_search_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace rookery::sim {

namespace {

void check_drained(PostSearchWorld& world) {
    world.drain();
    for (int i = 0; i < 6; ++i) {
        const std::size_t reader = world.random.below(world.names.size());
        const MadeUpQuery query = world.made_up_query();
        SCOPED_TRACE(world.names[reader] + " asks: " + query.typed(world.names));
        const auto wanted = world.model(reader, query);
        EXPECT_EQ(world.search(reader, query, ports::SearchOrder::kNewest), wanted);
        auto by_score = world.search(reader, query, ports::SearchOrder::kRelevance);
        std::ranges::sort(by_score, std::greater{});
        EXPECT_EQ(by_score, wanted);
    }
}

/// What is not indexed yet may be missing; what must not be found is not found, at any moment.
void check_undrained(PostSearchWorld& world) {
    const std::size_t reader = world.random.below(world.names.size());
    const MadeUpQuery query = world.made_up_query();
    SCOPED_TRACE(world.names[reader] + " asks early: " + query.typed(world.names));
    const auto allowed = world.model(reader, query);
    for (const std::uint64_t id : world.search(reader, query, ports::SearchOrder::kNewest)) {
        EXPECT_THAT(allowed, testing::Contains(id));
    }
}

}  // namespace

TEST(PostSearchHistory, EqualsALookAtAllPosts) {
    const char* chosen = std::getenv("ROOKERY_SIM_SEED");    // NOLINT(concurrency-mt-unsafe)
    const char* rounds = std::getenv("ROOKERY_SIM_ROUNDS");  // NOLINT(concurrency-mt-unsafe)
    const std::uint64_t first = chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 1;
    const std::uint64_t count = rounds != nullptr ? std::strtoull(rounds, nullptr, 10) : 12;
    for (std::uint64_t seed = first; seed < first + (chosen != nullptr ? 1 : count); ++seed) {
        SCOPED_TRACE("ROOKERY_SIM_SEED=" + std::to_string(seed));
        PostSearchWorld world(seed);
        for (int step = 0; step < 500; ++step) {
            world.step();
            if (world.random.below(5) == 0) {
                check_undrained(world);
            }
            if (world.random.below(25) == 0) {
                check_drained(world);
            }
            if (testing::Test::HasFailure()) {
                return;
            }
        }
    }
}

}  // namespace rookery::sim
