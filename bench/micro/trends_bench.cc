// What counting for trends costs at each event, what choosing from all that is counted costs, and
// what it takes in memory.
#include "discover/trends/ledger.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery::discover::trends {
namespace {

constexpr UnixMs kNow = 1'800'000'000'000;

/// Like people: few things are on many lips.
class People {
public:
    [[nodiscard]] std::uint64_t below(std::uint64_t end) {
        state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
        return (state_ >> 33) % end;
    }
    [[nodiscard]] std::uint64_t thing() { return below(1 + below(1 + below(50'000))); }
    [[nodiscard]] AccountId anybody() { return AccountId(1 + below(100'000)); }
    [[nodiscard]] std::uint64_t id() {
        const UnixMs at_ms = kNow - static_cast<UnixMs>(below(7 * kDayMs));
        return first_id_at(at_ms) + below(1U << kIdTimeShift);
    }

private:
    std::uint64_t state_ = 1;
};

std::vector<social::Post> posts_with_tag_and_link(People& people) {
    std::vector<social::Post> posts(20'000);
    for (social::Post& post : posts) {
        post.id = PostId(people.id());
        post.author = people.anybody();
        const std::string thing = std::to_string(people.thing());
        post.tags = {"tag" + thing};
        post.text = "New post about the birds in our garden #tag" + thing +
                    " https://blog.example.com/2026/05/" + thing + "?utm_source=feed let me know";
    }
    return posts;
}

std::unique_ptr<Ledger> ledger_in_use(std::size_t accounts) {
    auto ledger = std::make_unique<Ledger>(TrendLimits{}, "home.example");
    ledger->advance(kNow);
    People people;
    for (std::size_t i = 0; i < accounts; ++i) {
        social::Post post;
        post.id = PostId(1 + people.thing());
        post.author = AccountId(1'000'000);
        ledger->note_favourite(people.anybody(), people.id(), post);
    }
    return ledger;
}

void BM_NotePost(benchmark::State& state) {
    People people;
    const auto posts = posts_with_tag_and_link(people);
    Ledger ledger({}, "home.example");
    ledger.advance(kNow);
    std::size_t next = 0;
    for (auto _ : state) {
        ledger.note_post(posts[next++ % posts.size()]);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_NotePost);

void BM_NotePlainPost(benchmark::State& state) {
    Ledger ledger({}, "home.example");
    ledger.advance(kNow);
    social::Post post;
    post.id = PostId(first_id_at(kNow));
    post.author = AccountId(1);
    post.text = "Home from work. Start again at 8am. Epic.";
    for (auto _ : state) {
        ledger.note_post(post);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_NotePlainPost);

void BM_NoteFavourite(benchmark::State& state) {
    People people;
    Ledger ledger({}, "home.example");
    ledger.advance(kNow);
    social::Post post;
    post.author = AccountId(1'000'000);
    for (auto _ : state) {
        post.id = PostId(1 + people.thing());
        ledger.note_favourite(people.anybody(), people.id(), post);
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["tracked"] = static_cast<double>(ledger.size(Kind::kPost));
}
BENCHMARK(BM_NoteFavourite);

/// The part of a round that holds the lock, after so many favourites in a week.
void BM_StandingOut(benchmark::State& state) {
    const auto ledger = ledger_in_use(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(ledger->standing_out(Kind::kPost, kNow));
    }
    state.counters["tracked"] = static_cast<double>(ledger->size(Kind::kPost));
    state.counters["bytes"] = static_cast<double>(ledger->bytes(Kind::kPost));
}
BENCHMARK(BM_StandingOut)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// Ten thousand things that hundreds of people use every day: nothing takes more.
void BM_StandingOutAtTheLimit(benchmark::State& state) {
    Tracker tracker({});
    tracker.advance(kNow);
    for (std::uint64_t item = 1; item <= 10'000; ++item) {
        for (std::uint64_t use = 0; use < 7 * 200; ++use) {
            const UnixMs at_ms = kNow - static_cast<UnixMs>(use * 7 * kDayMs / 1'400);
            tracker.add(item, "thing", {AccountId(1 + use * 7), use, at_ms});
        }
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(tracker.standing_out(kNow, 5, 100));
    }
    state.counters["tracked"] = static_cast<double>(tracker.size());
    state.counters["bytes"] = static_cast<double>(tracker.bytes());
}
BENCHMARK(BM_StandingOutAtTheLimit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rookery::discover::trends

BENCHMARK_MAIN();
