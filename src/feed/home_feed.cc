#include "feed/home_feed.h"

#include "feed/author_rings.h"
#include "feed/collector.h"
#include "feed/home_stream.h"
#include "feed/inboxes.h"
#include "feed/presenter.h"
#include "feed/push_worker.h"
#include "feed/source_merge.h"
#include "social/privacy.h"

#include <algorithm>

namespace rookery::feed {

namespace {

/// Posts an hour, from the times that the ids in a ring carry.
double posting_rate(const AuthorRing& ring, UnixMs now_ms) {
    if (ring.count == 0) {
        return 0;
    }
    constexpr double kHourMs = 3'600'000;
    const double hours = static_cast<double>(now_ms - id_time_ms(ring.oldest())) / kHourMs;
    return ring.count / std::max(hours, 1.0);
}

/// Whose posts a home feed has: whom the viewer follows and has not set apart by an exclusive
/// list, and the viewer.
std::vector<AccountId> authors_for_home(const social::Viewer& viewer) {
    std::vector<AccountId> authors;
    authors.reserve(viewer.following.size() + 1);
    for (const social::FollowEdge& edge : viewer.following) {
        authors.push_back(edge.account);
    }
    if (!viewer.set_apart.empty()) {
        std::erase_if(authors, [&viewer](AccountId author) { return viewer.sets_apart(author); });
    }
    authors.push_back(viewer.id);
    return authors;
}

}  // namespace

class HomeFeed::State {
public:
    State(
        HomeFeedConfig config_in,
        social::Environment environment_in,
        std::unique_ptr<Policy> policy_in,
        social::Accounts& accounts_in,
        Cards& cards,
        social::Viewers& viewers_in,
        const social::PostSequence& sequence_in,
        metrics::Registry& metrics
    )
        : config(config_in),
          environment(environment_in),
          policy(std::move(policy_in)),
          accounts(accounts_in),
          viewers(viewers_in),
          sequence(sequence_in),
          presenter(cards),
          rings(environment_in.store, config_in.author_rings_max),
          inboxes(
              {.inboxes_max = config_in.inboxes_max,
               .entries_max = config_in.inbox_entries_max,
               .read_entries = config_in.inbox_read_entries}
          ),
          delivered(metrics.counter(
              "rookery_feed_deliveries_total",
              "Posts pushed into the inboxes of active readers."
          )),
          built(metrics.counter("rookery_feed_inbox_builds_total", "Inboxes built at a read.")),
          merged(metrics.counter(
              "rookery_feed_authors_merged_total",
              "Authors whose posts were merged at a read, also to build an inbox."
          )),
          hits(metrics.counter("rookery_feed_inbox_reads_total", "Pages served from an inbox.")),
          worker(inboxes, delivered) {
        metrics.gauge_function("rookery_feed_inboxes", "Inboxes in memory.", {}, [this] {
            return static_cast<double>(inboxes.size());
        });
        metrics.gauge_function("rookery_feed_author_rings", "Author rings in memory.", {}, [this] {
            return static_cast<double>(rings.size());
        });
    }

    /// `authors` and `tags` are where the feed's posts come from; `inbox` has all above its floor
    /// but those of `pending` authors, of its pulled authors, and of the hashtags.
    [[nodiscard]] Task<Result<CardPage>> collect(
        PageRules rules,
        HomeStream::AllAuthors authors,
        std::vector<std::string> tags,
        std::optional<Inboxes::Snapshot> inbox,
        std::vector<AccountId> pending,
        social::PageRequest request
    );
    /// Whose posts of the viewer's feed are being pushed in the background right now.
    [[nodiscard]] std::vector<AccountId> pending_of(const social::Viewer& viewer) const;
    /// Older inboxes are built anew.
    [[nodiscard]] Inboxes::SteadyTime not_built_before(Inboxes::SteadyTime now) const {
        return now - std::chrono::seconds(config.policy_refresh_seconds);
    }
    /// The reader's inbox if there is one; else how often they open their feed.
    [[nodiscard]] Inboxes::Opening open_inbox(AccountId reader, Span span);
    /// Nothing if somebody else is building it.
    [[nodiscard]] Task<Result<std::optional<Inboxes::Snapshot>>>
    build_inbox(AccountId reader, Span span, double opens_per_hour);
    [[nodiscard]] Task<Result<void>>
    build(Inboxes::Build build, social::ViewerPtr viewer, double opens_per_hour);
    [[nodiscard]] Task<Result<std::shared_ptr<const Inboxes::Authors>>> subscribe(
        Inboxes::Build build,
        social::ViewerPtr viewer,
        double opens_per_hour,
        std::vector<AccountId>* pushed
    );

    const HomeFeedConfig config;
    const social::Environment environment;
    const std::unique_ptr<Policy> policy;
    social::Accounts& accounts;
    social::Viewers& viewers;
    const social::PostSequence& sequence;
    Presenter presenter;
    DropRate drops;
    AuthorRings rings;
    Inboxes inboxes;
    metrics::Counter& delivered;
    metrics::Counter& built;
    metrics::Counter& merged;
    metrics::Counter& hits;
    PushWorker worker;
};

HomeFeed::HomeFeed(
    HomeFeedConfig config,
    social::Environment environment,
    std::unique_ptr<Policy> policy,
    social::Accounts& accounts,
    Cards& cards,
    social::Viewers& viewers,
    const social::PostSequence& sequence,
    metrics::Registry& metrics
)
    : state_(std::make_unique<State>(
          config,
          environment,
          std::move(policy),
          accounts,
          cards,
          viewers,
          sequence,
          metrics
      )) {}

HomeFeed::~HomeFeed() = default;

void HomeFeed::fetch_ahead(AccountId reader, FetchStep step) const {
    state_->inboxes.fetch_ahead(reader, step);
}

Task<Result<CardPage>> HomeFeed::page(AccountId reader, social::PageRequest request) {
    social::ViewerPtr viewer = state_->viewers.find_at_once(reader);
    if (!viewer) {
        CO_TRY(viewer, co_await state_->viewers.find(reader));
    }
    viewer->fetch_follows_ahead();
    const Span span = span_of(request, state_->sequence.horizon());
    // Downwards the boosts at the end of a page look at older entries: the inbox must offer them.
    const Span wide{
        .above = span.upwards ? span.above : 0, .below = span.below, .upwards = span.upwards
    };
    // Before the inbox: a push that ends between the two would be seen by neither.
    std::vector<AccountId> pending = state_->pending_of(*viewer);
    auto [opens_per_hour, inbox] = state_->open_inbox(reader, wide);
    if (!inbox) {
        CO_TRY(inbox, co_await state_->build_inbox(reader, wide, opens_per_hour));
    }
    HomeStream::AllAuthors authors = [viewer] { return authors_for_home(*viewer); };
    std::vector<std::string> tags = viewer->tags;
    PageRules rules{.viewer = std::move(viewer), .home = true};
    co_return co_await state_->collect(
        std::move(rules),
        std::move(authors),
        std::move(tags),
        std::move(inbox),
        std::move(pending),
        request
    );
}

Task<Result<CardPage>>
HomeFeed::list_page(AccountId reader, social::ListFeedPtr list, social::PageRequest request) {
    CO_TRY(auto viewer, co_await state_->viewers.find(reader));
    HomeStream::AllAuthors members = [list] { return list->members; };
    PageRules rules{.viewer = viewer};
    rules.accepts = [viewer = std::move(viewer), list = std::move(list)](const Card& card) {
        return social::belongs_in_list(
            *viewer, *list, card.post, card.boosted ? &card.boosted->post : nullptr
        );
    };
    co_return co_await state_->collect(
        std::move(rules), std::move(members), {}, std::nullopt, {}, request
    );
}

std::vector<AccountId> HomeFeed::State::pending_of(const social::Viewer& viewer) const {
    std::vector<AccountId> authors;
    if (!worker.idle()) {
        authors = worker.pending();
        std::erase_if(authors, [&viewer](AccountId author) {
            return author != viewer.id && !viewer.follows(author);
        });
    }
    return authors;
}

Task<Result<CardPage>> HomeFeed::State::collect(
    PageRules rules,
    HomeStream::AllAuthors authors,
    std::vector<std::string> tags,
    std::optional<Inboxes::Snapshot> inbox,
    std::vector<AccountId> pending,
    social::PageRequest request
) {
    ports::Store& store = environment.store;
    rules.horizon = sequence.horizon();
    rules.now_ms = environment.clock.now_ms();
    Span span = span_of(request, rules.horizon);
    const AccountId reader = rules.viewer->id;
    Collector collector(presenter, std::move(rules), config.repeated_boost_window, drops);
    if (!span.upwards) {
        span.above = 0;
        if (!inbox) {
            Sources everything{.authors = authors(), .tags = std::move(tags)};
            merged.add(everything.authors.size());
            SourceMerge stream(store, rings, std::move(everything), span);
            co_return co_await collector.downwards(&stream, request.since_id, request.limit);
        }
        HomeStream stream(
            {store, rings, inboxes, merged},
            reader,
            std::move(authors),
            std::move(tags),
            span,
            std::move(*inbox),
            std::move(pending)
        );
        co_return co_await collector.downwards(&stream, request.since_id, request.limit);
    }
    Sources everything{.authors = authors(), .tags = std::move(tags)};
    SourceMerge older(store, rings, everything, Span{.above = 0, .below = span.above + 1});
    const bool inbox_suffices = inbox && inbox->floor <= span.above + 1;
    merged.add(everything.authors.size());
    if (inbox_suffices) {
        everything.authors = inbox->pulled_and(std::move(pending));
    }
    merged.add(everything.authors.size());
    SourceMerge nearest(
        store,
        rings,
        std::move(everything),
        span,
        inbox_suffices ? std::move(inbox->ids) : std::vector<std::uint64_t>{}
    );
    co_return co_await collector.upwards(&nearest, &older, request.limit);
}

Inboxes::Opening HomeFeed::State::open_inbox(AccountId reader, Span span) {
    const auto now = environment.clock.steady();
    auto opening = inboxes.open(reader, span, now, not_built_before(now));
    if (opening.inbox) {
        hits.add();
    }
    return opening;
}

Task<Result<std::optional<Inboxes::Snapshot>>>
HomeFeed::State::build_inbox(AccountId reader, Span span, double opens_per_hour) {
    const auto begun = inboxes.begin(reader);
    if (!begun) {
        co_return std::nullopt;  // somebody else is building it: this page is merged without
    }
    // Read again: a follow acknowledged between the caller's reading and begin() did not see an
    // inbox that it could drop.
    auto fresh = co_await viewers.find(reader);
    if (!fresh) {
        inboxes.abandon(*begun);
        co_return std::move(fresh).error();
    }
    const auto done = co_await build(*begun, std::move(*fresh), opens_per_hour);
    if (!done) {
        inboxes.abandon(*begun);
        co_return done.error();
    }
    built.add();
    const auto oldest = not_built_before(environment.clock.steady());
    co_return inboxes.read(reader, span, oldest);
}

Task<Result<std::shared_ptr<const Inboxes::Authors>>> HomeFeed::State::subscribe(
    Inboxes::Build build,
    social::ViewerPtr viewer,
    double opens_per_hour,
    std::vector<AccountId>* pushed
) {
    const std::vector<AccountId> authors = authors_for_home(*viewer);
    CO_TRY(const auto counts, co_await accounts.tallies(authors));
    CO_TRY(const auto rings_of_authors, co_await rings.find_many(authors));
    const UnixMs now_ms = environment.clock.now_ms();
    auto pulled = std::make_shared<Inboxes::Authors>();
    for (std::size_t i = 0; i < authors.size(); ++i) {
        const EdgeFacts edge{
            .author_followers = counts[i].followers,
            .author_posts_per_hour = posting_rate(rings_of_authors[i], now_ms),
            .reader_opens_per_hour = opens_per_hour,
        };
        if (policy->should_push(edge)) {
            inboxes.subscribe(build, authors[i]);
            pushed->push_back(authors[i]);
        } else {
            pulled->push_back(authors[i]);
        }
    }
    co_return pulled;
}

Task<Result<void>>
HomeFeed::State::build(Inboxes::Build build, social::ViewerPtr viewer, double opens_per_hour) {
    std::vector<AccountId> pushed;
    CO_TRY(auto pulled, co_await subscribe(build, std::move(viewer), opens_per_hour, &pushed));
    merged.add(pushed.size());
    SourceMerge merge(environment.store, rings, Sources{.authors = std::move(pushed)}, Span{});
    CO_TRY(const auto ids, co_await merge.next(config.inbox_seed_entries));
    const std::uint64_t floor = ids.size() < config.inbox_seed_entries ? 0 : ids.back();
    inboxes.finish(build, ids, floor, std::move(pulled), environment.clock.steady());
    co_return Result<void>{};
}

void HomeFeed::on_committed(const social::SocialEvent& event) {
    using social::EventType;
    switch (event.type) {
        case EventType::kPostCreated:
            state_->rings.on_post(event.actor, event.post);
            if (state_->inboxes.subscribers(event.actor) > state_->config.push_at_once_max) {
                state_->worker.push(event.actor, event.post);
            } else {
                state_->delivered.add(state_->inboxes.push(event.actor, event.post));
            }
            break;
        case EventType::kPostDeleted:
            state_->rings.on_delete(event.actor, event.post);
            break;
        case EventType::kFollowed:
        case EventType::kUnfollowed:
        case EventType::kListChanged:  // an exclusive list may have set somebody apart
            state_->inboxes.drop(event.actor);
            break;
        case EventType::kGraphImported:
            forget();
            break;
        default:
            break;
    }
}

void HomeFeed::drain_pushes() {
    state_->worker.drain();
}

HomeFeed::Memory HomeFeed::memory() const {
    return {
        .inbox_bytes = state_->inboxes.inbox_bytes(),
        .subscription_bytes = state_->inboxes.subscription_bytes(),
        .ring_bytes = state_->rings.bytes(),
    };
}

void HomeFeed::forget() {
    state_->rings.clear();
    state_->inboxes.clear();
}

}  // namespace rookery::feed
