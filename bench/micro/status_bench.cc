// What a page of statuses costs once its posts are cached: the last step of every timeline.
#include "api/mastodon/account_view.h"
#include "api/mastodon/status_filters.h"
#include "api/mastodon/status_view.h"
#include "feed/timelines.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/filters.h"

#include <benchmark/benchmark.h>

#include <string>

namespace rookery {
namespace {

namespace mastodon = api::mastodon;

/// Twenty posts by one author, as somebody else sees them.
struct Page {
    Page() {
        store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = social::decode(stored);
                accounts.on_committed(*event);
                viewers.on_committed(*event);
                posts.on_committed(*event);
                reactions.on_committed(*event);
                cards.on_committed(*event);
            }
        });
        const auto author = *kit::run(accounts.create({.username = "author"}));
        const auto reader = *kit::run(accounts.create({.username = "reader"}));
        std::vector<PostId> ids_of_page;
        for (int i = 0; i < 20; ++i) {
            social::NewPost draft;
            draft.author = author->id;
            draft.text =
                "A post of usual length, about #birds and @reader, with a link to "
                "https://example.com/page and then some more words to the end.";
            ids_of_page.push_back((*kit::run(posts.create(std::move(draft))))->id);
        }
        viewer = *kit::run(viewers.find(reader->id));
        page = *kit::run(timelines.present(viewer, std::move(ids_of_page), true));
    }

    kit::ManualClock clock;
    kit::MemoryStore store{clock};
    IdGenerator ids{clock, 1, 7};
    BlockingPool pool{1};
    social::Environment environment{store, clock, ids, pool};
    social::PostSequence sequence{ids};
    social::Accounts accounts{environment, {}};
    social::Viewers viewers{environment};
    social::Posts posts{environment, {}, accounts, viewers, sequence};
    social::Reactions reactions{environment, posts};
    social::Filters filters{environment, {}};
    feed::Cards cards{accounts, posts};
    feed::Timelines timelines{environment, cards, sequence};
    mastodon::ApiConfig config;
    mastodon::AccountView account_view{config, accounts};
    mastodon::StatusFilters status_filters{filters, clock, 100};
    mastodon::StatusView
        status_view{config, cards, accounts, posts, reactions, account_view, status_filters};
    social::ViewerPtr viewer;
    feed::CardPage page;
};

void BM_RenderPageOf20(benchmark::State& state) {
    Page world;
    std::size_t bytes = 0;
    for ([[maybe_unused]] auto _ : state) {
        const auto json = kit::run(world.status_view.render_array(world.page, world.viewer));
        bytes = json->bytes.size();
        benchmark::DoNotOptimize(json->bytes.data());
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(BM_RenderPageOf20);

/// What kit::run itself costs, to be taken off the above.
void BM_EmptyTask(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(kit::run([]() -> Task<int> { co_return 1; }()));
    }
}
BENCHMARK(BM_EmptyTask);

}  // namespace
}  // namespace rookery

BENCHMARK_MAIN();
