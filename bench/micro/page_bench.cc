// A page of the home feed, from the reader's id to 20 filtered items, everything in memory.

#include "feed/policies.h"
#include "kit/task_driver.h"
#include "sim/feed_world.h"

#include <benchmark/benchmark.h>

#include <string>

namespace rookery::sim {
namespace {

constexpr AccountId kReader{1};

std::unique_ptr<feed::Policy> push_all() {
    return std::make_unique<feed::PushAll>();
}
std::unique_ptr<feed::Policy> pull_all() {
    return std::make_unique<feed::PullAll>();
}

/// A reader who follows `authors` people with 10 posts each.
void populate(FeedWorld& world, std::uint64_t authors) {
    auto& services = *world.services;
    (void)kit::run(services.accounts.create({.username = "reader", .id = kReader}));
    for (std::uint64_t i = 1; i <= authors; ++i) {
        const AccountId author(100 + i);
        (void
        )kit::run(services.accounts.create({.username = "author" + std::to_string(i), .id = author})
        );
        (void)kit::run(services.follows.follow(kReader, author, {}));
    }
    for (int post = 0; post < 10; ++post) {
        for (std::uint64_t i = 1; i <= authors; ++i) {
            world.clock.advance_ms(1000);
            (void)kit::run(services.posts.create(
                {.author = AccountId(100 + i), .text = "some words of a post"}
            ));
        }
    }
}

void read_pages(benchmark::State& state, FeedWorld& world) {
    for (auto _ : state) {
        const auto page = kit::run(world.services->home.page(kReader, {.limit = 20}));
        if (!page || page->size() != 20) {
            state.SkipWithError("the page is not whole");
            return;
        }
    }
}

void read_pages_of(benchmark::State& state, FeedWorld::MakePolicy policy) {
    FeedWorld world({}, policy);
    populate(world, static_cast<std::uint64_t>(state.range(0)));
    read_pages(state, world);
}

void BM_PageFromInbox(benchmark::State& state) {
    read_pages_of(state, push_all);
}
void BM_PageFromRings(benchmark::State& state) {
    read_pages_of(state, pull_all);
}
/// Of somebody who also follows `range(0)` hashtags, each on 20 older posts of a stranger.
void BM_PageWithHashtags(benchmark::State& state) {
    FeedWorld world({}, push_all);
    auto& services = *world.services;
    const AccountId stranger(99);
    (void)kit::run(services.accounts.create({.username = "stranger", .id = stranger}));
    for (std::int64_t tag = 0; tag < state.range(0); ++tag) {
        const std::string name = "tag" + std::to_string(tag);
        (void)kit::run(services.hashtags.follow(kReader, name));
        for (int post = 0; post < 20; ++post) {
            world.clock.advance_ms(1000);
            (void)kit::run(services.posts.create({.author = stranger, .text = "words #" + name}));
        }
    }
    populate(world, 40);
    read_pages(state, world);
}
BENCHMARK(BM_PageWithHashtags)->Arg(1)->Arg(10);
BENCHMARK(BM_PageFromInbox)->Arg(40)->Arg(500);
BENCHMARK(BM_PageFromRings)->Arg(40)->Arg(500);

}  // namespace
}  // namespace rookery::sim

BENCHMARK_MAIN();
