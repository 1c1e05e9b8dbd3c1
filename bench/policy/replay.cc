#include "policy/replay.h"

#include "feed/policies.h"
#include "kit/task_driver.h"
#include "policy/page_oracle.h"
#include "social/graph_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <span>
#include <unordered_map>

namespace rookery::policy {

namespace {

using Page = std::vector<std::uint64_t>;

constexpr std::size_t kPageLimit = 20;

/// CPU seconds of the calling thread or of the process, since an unknown point.
double cpu_seconds(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Adds the CPU time of a scope to a cost.
class Metered {
public:
    explicit Metered(Cost& cost) : cost_(cost), began_(cpu_seconds(CLOCK_THREAD_CPUTIME_ID)) {}
    Metered(const Metered&) = delete;
    Metered& operator=(const Metered&) = delete;
    ~Metered() {
        cost_.cpu_seconds += cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - began_;
        ++cost_.count;
    }

private:
    Cost& cost_;
    double began_;
};

feed::HomeFeedConfig
config_of(const Trace& trace, const Contender& contender, const ReplayOptions& options) {
    feed::HomeFeedConfig config;
    config.push_at_once_max = options.push_at_once_max;
    config.policy_refresh_seconds = options.policy_refresh_seconds;
    config.inboxes_max = options.inboxes_max != 0 ? options.inboxes_max
                                                  : std::max<std::size_t>(1, trace.accounts / 10);
    if (contender.inboxed == Inboxed::kEverybody) {
        config.inboxes_max = trace.accounts;
        config.policy_refresh_seconds = UINT32_MAX;  // kept for as long as the trace lasts
    }
    return config;
}

class Replay {
public:
    Replay(const Trace& trace, const Contender& contender, const ReplayOptions& options)
        : trace_(trace),
          contender_(contender),
          options_(options),
          world_(config_of(trace, contender, options), contender.make_policy),
          oracle_(trace) {
        figures_.name = contender.name;
        world_.store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                hear(stored);
            }
        });
    }

    [[nodiscard]] Task<Result<Figures>> run() {
        CO_CHECK(co_await make_people());
        if (contender_.inboxed == Inboxed::kEverybody) {
            for (std::uint32_t account = 1; account <= trace_.accounts; ++account) {
                CO_TRY(const Page page, co_await page_of(account));
            }
        }
        const std::size_t settled = trace_.events.size() / 4;
        const std::size_t sample_every = std::max<std::size_t>(1, trace_.events.size() / 64);
        for (std::size_t i = 0; i < trace_.events.size(); ++i) {
            if (i == settled) {
                begin_measuring();
            }
            CO_CHECK(co_await act(trace_.events[i]));
            if (i % sample_every == 0) {
                sample_memory();
            }
        }
        end_measuring();
        co_return figures_;
    }

private:
    sim::FeedWorld::Services& services() { return *world_.services; }

    void hear(const ports::StoredEvent& stored) {
        const auto event = social::decode(stored);
        services().accounts.on_committed(*event);
        services().viewers.on_committed(*event);
        services().posts.on_committed(*event);
        services().cards.on_committed(*event);
        if (event->type == social::EventType::kPostCreated) {
            const Metered metered(figures_.pushes_at_once);
            services().home.on_committed(*event);
        } else {
            services().home.on_committed(*event);
        }
    }

    [[nodiscard]] Task<Result<void>> make_people() {
        std::vector<bool> made(trace_.accounts + 1);
        social::GraphImport import(world_.environment(), "trace");
        CO_TRY(const auto begun, co_await import.begin());
        std::uint64_t lines = begun.lines;
        std::vector<social::ImportedEdge> chunk;
        for (const Edge& edge : trace_.graph) {
            chunk.push_back({AccountId(edge.follower), AccountId(edge.followee)});
            made[edge.follower] = made[edge.followee] = true;
            ++lines;
            if (chunk.size() == social::GraphImport::kChunkEdges) {
                CO_CHECK(co_await import.add(std::move(chunk), lines));
                chunk.clear();
            }
        }
        if (!chunk.empty()) {
            CO_CHECK(co_await import.add(std::move(chunk), lines));
        }
        CO_TRY(const auto imported, co_await import.finish());
        if (imported.made != trace_.graph.size()) {
            co_return fail(ErrorCode::kInvalid, "the graph of the trace repeats itself");
        }
        for (std::uint32_t account = 1; account <= trace_.accounts; ++account) {
            if (!made[account]) {
                social::NewAccount loner{
                    .username = fmt::format("u{}", account), .id = AccountId(account)
                };
                CO_TRY(const auto created, co_await services().accounts.create(std::move(loner)));
            }
        }
        co_return Result<void>{};
    }

    [[nodiscard]] Task<Result<void>> act(Event event) {
        const std::int64_t now = event.at_ms;
        world_.clock.advance_ms(now - now_ms_);
        now_ms_ = now;
        switch (event.kind) {
            case Event::Kind::kRead:
                co_return co_await read(event.actor);
            case Event::Kind::kPost:
                co_return co_await post(event.actor);
            case Event::Kind::kFollow:
            case Event::Kind::kUnfollow:
                co_return co_await change(event);
        }
        co_return Result<void>{};
    }

    [[nodiscard]] Task<Result<Page>> page_of(std::uint32_t reader) {
        CO_TRY(
            const feed::CardPage page,
            co_await services().home.page(AccountId(reader), {.limit = kPageLimit})
        );
        Page ids;
        ids.reserve(page.size());
        for (const feed::CardPtr& card : page) {
            ids.push_back(card->post.id.value);
        }
        co_return ids;
    }

    [[nodiscard]] Task<Result<void>> read(std::uint32_t reader) {
        Page page;
        {
            const Metered metered(figures_.reads);
            CO_TRY(page, co_await page_of(reader));
        }
        for (const std::uint64_t id : page) {
            figures_.pages_hash = (figures_.pages_hash ^ post_numbers_[id]) * 0x100000001b3ULL;
        }
        if (++reads_ % options_.check_every == 0) {
            CO_CHECK(co_await check(reader, std::move(page)));
        }
        co_return Result<void>{};
    }

    /// Compares with what was acknowledged; if that is not there, sees when it is.
    [[nodiscard]] Task<Result<void>> check(std::uint32_t reader, Page page) {
        constexpr std::chrono::seconds kPatience{5};
        ++figures_.pages_checked;
        const Page expected = oracle_.page(reader, kPageLimit);
        if (page == expected) {
            co_return Result<void>{};
        }
        ++figures_.pages_late;
        const auto began = std::chrono::steady_clock::now();
        while (page != expected) {
            const std::chrono::duration<double, std::milli> late =
                std::chrono::steady_clock::now() - began;
            figures_.late_ms_max = std::max(figures_.late_ms_max, late.count());
            if (late > kPatience) {
                co_return fail(
                    ErrorCode::kInternal,
                    fmt::format("{}: the page of account {} stays wrong", figures_.name, reader)
                );
            }
            CO_TRY(page, co_await page_of(reader));
        }
        co_return Result<void>{};
    }

    [[nodiscard]] Task<Result<void>> post(std::uint32_t author) {
        social::NewPost draft{.author = AccountId(author), .text = "some words of a post"};
        social::PostPtr made;
        {
            const Metered metered(figures_.posts);
            CO_TRY(made, co_await services().posts.create(std::move(draft)));
        }
        oracle_.add_post(author, made->id.value);
        post_numbers_.try_emplace(made->id.value, post_numbers_.size() + 1);
        co_return Result<void>{};
    }

    [[nodiscard]] Task<Result<void>> change(Event event) {
        const Metered metered(figures_.follows);
        const AccountId actor(event.actor);
        const AccountId target(event.target);
        if (event.kind == Event::Kind::kFollow) {
            CO_CHECK(co_await services().follows.follow(actor, target, {}));
            oracle_.follow(event.actor, event.target);
        } else {
            CO_CHECK(co_await services().follows.unfollow(actor, target));
            oracle_.unfollow(event.actor, event.target);
        }
        if (contender_.inboxed == Inboxed::kEverybody) {
            // An inbox that is stored is made right at once: nobody waits for a read.
            CO_TRY(const Page page, co_await page_of(event.actor));
        }
        co_return Result<void>{};
    }

    std::uint64_t counted(const char* name) { return services().metrics.counter(name, "").value(); }

    [[nodiscard]] Figures counters() {
        Figures now;
        now.deliveries = counted("rookery_feed_deliveries_total");
        now.authors_merged = counted("rookery_feed_authors_merged_total");
        now.inbox_builds = counted("rookery_feed_inbox_builds_total");
        now.store_reads = world_.store.reads();
        return now;
    }

    void begin_measuring() {
        services().home.drain_pushes();
        figures_.reads = figures_.posts = figures_.pushes_at_once = figures_.follows = {};
        before_ = counters();
        process_began_ = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
        thread_began_ = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    }

    void end_measuring() {
        services().home.drain_pushes();
        const double process = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - process_began_;
        const double thread = cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - thread_began_;
        figures_.background_seconds = std::max(0.0, process - thread);
        const Figures after = counters();
        figures_.deliveries = after.deliveries - before_.deliveries;
        figures_.authors_merged = after.authors_merged - before_.authors_merged;
        figures_.inbox_builds = after.inbox_builds - before_.inbox_builds;
        figures_.store_reads = after.store_reads - before_.store_reads;
    }

    void sample_memory() {
        const auto sum = [](const feed::HomeFeed::Memory& memory) {
            return memory.inbox_bytes + memory.subscription_bytes + memory.ring_bytes;
        };
        const feed::HomeFeed::Memory now = services().home.memory();
        if (sum(now) > sum(figures_.peak)) {
            figures_.peak = now;
        }
    }

    const Trace& trace_;
    const Contender& contender_;
    const ReplayOptions& options_;
    Figures figures_;
    Figures before_;  ///< the counters when measuring began
    sim::FeedWorld world_;
    PageOracle oracle_;
    std::unordered_map<std::uint64_t, std::uint64_t> post_numbers_;  ///< by id, from 1
    std::int64_t now_ms_ = 0;
    std::uint64_t reads_ = 0;
    double process_began_ = 0;
    double thread_began_ = 0;
};

}  // namespace

std::vector<Contender> contenders(const ReplayOptions& options) {
    const auto push_all = [] { return std::make_unique<feed::PushAll>(); };
    const auto threshold = [most = options.threshold_followers] {
        return std::make_unique<feed::FollowerThreshold>(most);
    };
    const auto priced = [push = options.push_cost, pull = options.pull_cost] {
        return std::make_unique<feed::DemandPriced>(push, pull);
    };
    return {
        {"push-all", push_all, Inboxed::kEverybody},
        {"threshold", threshold, Inboxed::kEverybody},
        {"push-all, active", push_all},
        {"threshold, active", threshold},
        {"demand-priced", priced},
        {"pull-all", [] { return std::make_unique<feed::PullAll>(); }},
    };
}

std::vector<Contender>
priced_contenders(const std::vector<double>& push_costs, const ReplayOptions& options) {
    std::vector<Contender> all;
    for (const double push : push_costs) {
        all.push_back({fmt::format("push costs {}", push), [push, pull = options.pull_cost] {
                           return std::make_unique<feed::DemandPriced>(push, pull);
                       }});
    }
    return all;
}

Result<Figures>
replay(const Trace& trace, const Contender& contender, const ReplayOptions& options) {
    Replay replay(trace, contender, options);
    return kit::run(replay.run());
}

}  // namespace rookery::policy
