#include "discover/trends/trends.h"

#include "discover/trends/links.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_map>

namespace rookery::discover::trends {

namespace {

std::size_t index_of(Kind kind) {
    return static_cast<std::size_t>(kind) - 1;
}

/// Those in one of the languages before the others.
std::vector<Trend>
put_first(const std::vector<Trend>& trends, const std::vector<std::string>& languages) {
    std::vector<Trend> order;
    std::vector<Trend> others;
    for (const Trend& trend : trends) {
        const bool is_first = std::ranges::find(languages, trend.language) != languages.end();
        (is_first ? order : others).push_back(trend);
    }
    order.insert(order.end(), others.begin(), others.end());
    return order;
}

}  // namespace

Trends::Trends(
    TrendLimits limits,
    social::Environment environment,
    ports::Partitions& partitions,
    social::Accounts& accounts,
    social::Posts& posts,
    feed::Timelines& timelines
)
    : limits_(std::move(limits)),
      environment_(environment),
      accounts_(accounts),
      timelines_(timelines),
      ledger_(limits_, environment.local_host),
      feeder_(limits_, environment, partitions, posts, ledger_),
      jury_(limits_, environment, accounts, posts),
      reviews_(environment.store) {
    lists_.fill(std::make_shared<const std::vector<Trend>>());
}

Task<Result<void>> Trends::start() {
    feeder_.begin_fill();
    co_return Result<void>();
}

Task<Result<bool>> Trends::work() {
    if (!limits_.enabled) {
        co_return false;
    }
    // What was only partly filled would show a part of the truth.
    CO_TRY(const bool is_filling, co_await feeder_.fill_on());
    if (is_filling) {
        co_return true;
    }
    if (!round_) {
        if (next_round_ && environment_.clock.steady() < *next_round_) {
            co_return false;
        }
        begin_round();
        co_return true;
    }
    if (!round_->waiting.empty()) {
        CO_CHECK(co_await judge_next());
        co_return true;
    }
    CO_CHECK(co_await publish());
    round_.reset();
    next_round_ = environment_.clock.steady() + limits_.refresh_interval;
    co_return false;
}

void Trends::begin_round() {
    const UnixMs now_ms = environment_.clock.now_ms();
    round_ = std::make_unique<Round>(
        Round{now_ms, Crowd(limits_.crowd, environment_.store, accounts_), {}, {}}
    );
    ledger_.advance(now_ms);
    for (const Kind kind : kKinds) {
        for (const std::uint64_t id : ledger_.standing_out(kind, now_ms)) {
            round_->waiting.emplace_back(kind, id);
        }
    }
}

Task<Result<void>> Trends::judge_next() {
    const auto [kind, id] = round_->waiting.back();
    auto item = ledger_.find(kind, id);
    if (item) {
        CO_TRY(
            auto trend, co_await jury_.judge(kind, std::move(*item), round_->now_ms, &round_->crowd)
        );
        if (trend) {
            round_->found.at(index_of(kind)).push_back(std::move(*trend));
        }
    }
    round_->waiting.pop_back();
    co_return Result<void>();
}

Task<Result<void>> Trends::publish() {
    for (const Kind kind : kKinds) {
        auto& found = round_->found.at(index_of(kind));
        std::ranges::sort(found, std::greater{}, [](const Trend& trend) {
            return std::make_tuple(trend.score, trend.id);
        });
        CO_CHECK(co_await publish_list(kind, found));
    }
    co_return Result<void>();
}

Task<Result<void>> Trends::publish_list(Kind kind, std::vector<Trend> found) {
    std::vector<std::uint64_t> ids;
    for (const Trend& trend : found) {
        ids.push_back(trend.id);
    }
    for (;;) {
        std::uint64_t decisions = 0;
        {
            const std::scoped_lock lock(mutex_);
            decisions = decisions_;
        }
        CO_TRY(const auto reviews, co_await reviews_.find_many(kind, ids));
        // What is rejected takes nobody's place.
        std::vector<Trend> listed;
        std::size_t shown = 0;
        for (std::size_t i = 0; i < found.size() && shown < limits_.listed_max; ++i) {
            listed.push_back(found[i]);
            listed.back().review = reviews[i];
            shown += limits_.lets_show(reviews[i]) ? 1 : 0;
        }
        const std::scoped_lock lock(mutex_);
        if (decisions == decisions_) {
            lists_.at(index_of(kind)) =
                std::make_shared<const std::vector<Trend>>(std::move(listed));
            co_return Result<void>();
        }
    }
}

Trends::List Trends::current(Kind kind) const {
    const std::scoped_lock lock(mutex_);
    return lists_.at(index_of(kind));
}

std::vector<Trend>
Trends::list(Kind kind, Audience audience, const std::vector<std::string>& languages) const {
    std::vector<Trend> trends = *current(kind);
    std::erase_if(trends, [&](const Trend& trend) {
        return audience == Audience::kEverybody && !limits_.lets_show(trend.review);
    });
    return languages.empty() ? trends : put_first(trends, languages);
}

Task<Result<feed::Page>>
Trends::posts(social::ViewerPtr viewer, Audience audience, std::vector<std::string> languages) {
    std::vector<PostId> ids;
    for (const Trend& trend : list(Kind::kPost, audience, languages)) {
        ids.emplace_back(trend.id);
    }
    CO_TRY(auto page, co_await timelines_.present_whole(std::move(viewer), std::move(ids), true));
    std::unordered_map<AccountId, std::size_t> by_author;
    std::erase_if(page, [&](const feed::Item& item) {
        return !may_trend(*item.post) || !lets_trend(*item.author) ||
               ++by_author[item.author->id] > limits_.posts_per_author_max;
    });
    co_return page;
}

Task<Result<feed::Page>> Trends::link_posts(social::ViewerPtr viewer, std::string url) {
    const std::string link = normalize_link(url);
    const std::uint64_t id = link_id(link);
    const List listed = current(Kind::kLink);
    const auto trend = std::ranges::find(*listed, id, &Trend::id);
    const auto item = ledger_.find(Kind::kLink, id);
    if (trend == listed->end() || !limits_.lets_show(trend->review) || !item) {
        co_return feed::Page{};
    }
    std::vector<PostId> ids;
    for (const ItemDay& day : item->days) {
        for (const Use& use : day.accounts.uses()) {
            ids.emplace_back(use.source);
        }
    }
    std::ranges::sort(ids, std::greater{});
    CO_TRY(auto page, co_await timelines_.present_whole(std::move(viewer), std::move(ids), true));
    std::erase_if(page, [&](const feed::Item& item_shown) {
        const auto links =
            find_links(item_shown.post->text, environment_.local_host, limits_.links_per_post_max);
        return !links_count(*item_shown.post) || std::ranges::find(links, link) == links.end();
    });
    co_return page;
}

Task<Result<Trend>>
Trends::decide(Kind kind, std::uint64_t id, Review review, AccountId moderator) {
    Trend trend;
    trend.kind = kind;
    trend.id = id;
    const List listed = current(kind);
    const auto found = std::ranges::find(*listed, id, &Trend::id);
    if (found != listed->end()) {
        trend = *found;
    } else if (const auto item = ledger_.find(kind, id)) {
        trend.name = item->name;
    } else {
        CO_TRY(const auto row, co_await reviews_.find(kind, id));
        if (!row) {
            co_return fail(ErrorCode::kNotFound, "Record not found");
        }
        trend.name = row->name;
    }
    ReviewRow row{review, moderator, environment_.clock.now_ms(), trend.name};
    CO_CHECK(co_await reviews_.set(kind, id, std::move(row)));
    note_decision(kind, id, review);
    trend.review = review;
    co_return trend;
}

void Trends::note_decision(Kind kind, std::uint64_t id, Review review) {
    const std::scoped_lock lock(mutex_);
    ++decisions_;
    List& list = lists_.at(index_of(kind));
    std::vector<Trend> changed = *list;
    for (Trend& trend : changed) {
        if (trend.id == id) {
            trend.review = review;
        }
    }
    list = std::make_shared<const std::vector<Trend>>(std::move(changed));
}

void Trends::expose(metrics::Registry& registry) const {
    for (const auto& [kind, label] :
         {std::pair{Kind::kTag, "tags"}, {Kind::kPost, "posts"}, {Kind::kLink, "links"}}) {
        const metrics::Labels labels{{"kind", label}};
        registry.gauge_function(
            "rookery_trends_tracked",
            "Things whose uses are counted.",
            labels,
            [this, kind] { return static_cast<double>(ledger_.size(kind)); }
        );
        registry.gauge_function(
            "rookery_trends_bytes",
            "What that takes in memory.",
            labels,
            [this, kind] { return static_cast<double>(ledger_.bytes(kind)); }
        );
        registry.gauge_function(
            "rookery_trends_listed",
            "Things that trend.",
            labels,
            [this, kind] { return static_cast<double>(current(kind)->size()); }
        );
    }
}

}  // namespace rookery::discover::trends
