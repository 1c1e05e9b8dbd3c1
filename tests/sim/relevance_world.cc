#include "sim/relevance_world.h"

#include "base/random.h"
#include "discover/post_indexer.h"
#include "discover/post_terms.h"
#include "kit/task_driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::sim {

namespace {

constexpr std::size_t kWriters = 50;
constexpr int kDays = 100;
constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;
constexpr std::size_t kPageLimit = 40;

discover::PostQueryReader reader_of(std::string_view reads) {
    return {.languages = {std::string(reads)}, .local_host = "home.example"};
}

}  // namespace

RelevanceWorld::RelevanceWorld(
    const std::vector<std::string>& real,
    const std::vector<JudgedQuery>& judged
)
    : made_(judged.size()) {
    for (const std::string_view name : judged_people()) {
        searcher_ = create(name, name != "hermit");
    }
    for (std::size_t i = 0; i < kWriters; ++i) {
        writers_.push_back(create(fmt::format("writer{}", i)));
    }
    // The judged posts of each day come at its beginning.
    struct Planned {
        std::size_t query;
        std::size_t at;
    };
    std::vector<std::vector<Planned>> days(kDays);
    Random random(5);
    for (std::size_t query = 0; query < judged.size(); ++query) {
        made_[query].resize(judged[query].posts.size());
        for (std::size_t at = 0; at < judged[query].posts.size(); ++at) {
            const int day = judged[query].posts[at].day;
            const std::size_t chosen =
                day >= 0 ? static_cast<std::size_t>(day) : random.below(kDays);
            days[chosen].push_back({query, at});
        }
    }
    std::size_t next = 0;
    for (std::size_t day = 0; day < days.size(); ++day) {
        const std::size_t last = real.size() * (day + 1) / days.size();
        const std::size_t count = days[day].size() + last - next + 1;
        const std::int64_t pause_ms = kDayMs / static_cast<std::int64_t>(count);
        clock_.advance_ms(pause_ms);
        for (const Planned& planned : days[day]) {
            post_judged(judged[planned.query].posts[planned.at], made_[planned.query], planned.at);
            clock_.advance_ms(pause_ms);
        }
        for (; next < last; ++next) {
            post_real(real[next], next);
            clock_.advance_ms(pause_ms);
        }
        clock_.advance_ms(kDayMs - pause_ms * static_cast<std::int64_t>(count));
    }
    build_index();
}

AccountId RelevanceWorld::create(std::string_view name, bool indexable) {
    const AccountId id = must(kit::run(accounts_.create({.username = std::string(name)})))->id;
    if (!indexable) {
        social::AccountChanges changes;
        changes.indexable = false;
        must(kit::run(accounts_.update(id, changes)));
    }
    people_.emplace(name, id);
    return id;
}

social::PostPtr RelevanceWorld::post(social::NewPost draft) {
    const AccountId author = draft.author;
    const auto made = must(kit::run(posts_.create(std::move(draft))));
    ModelPost known;
    known.created_at_ms = clock_.now_ms();
    known.is_findable =
        made->visibility == social::Visibility::kPublic && author != people_.find("hermit")->second;
    known.is_library = author == searcher_ || made->mentions_account(searcher_);
    known.document = discover::document_of(*made, known.is_findable);
    model_.add(std::move(known));
    return made;
}

void RelevanceWorld::post_real(const std::string& text, std::size_t number) {
    social::NewPost draft;
    draft.author = writers_[number % writers_.size()];
    draft.text = text;
    draft.language = "en";
    const auto made = post(std::move(draft));
    first_ = first_ ? first_ : made->id;
}

void RelevanceWorld::post_judged(
    const JudgedPost& judged,
    std::vector<MadePost>& made,
    std::size_t at
) {
    social::NewPost draft;
    draft.author = people_.find(judged.by)->second;
    draft.text = judged.text;
    draft.language = judged.language;
    draft.spoiler_text = judged.warning;
    draft.visibility = judged.visibility;
    if (judged.is_reply) {
        draft.in_reply_to = first_;
    }
    const social::PostPtr posted = post(std::move(draft));
    if (judged.is_marked) {
        must(kit::run(reactions_.bookmark(searcher_, posted)));
        model_.mark_last();
    }
    made[at] = {posted->id.value, judged.grade};
}

void RelevanceWorld::build_index() {
    search::SegmentedIndexConfig config;
    config.directory = directory_.path() / "search";
    index_ = must(search::SegmentedIndex::open(config, pool_));
    discover::PostIndexer indexer({}, store_, accounts_, posts_, *index_);
    must(kit::run(indexer.start()));
    while (must(kit::run(indexer.work()))) {
    }
    search_ = std::make_unique<discover::PostSearch>(
        discover::PostSearchLimits{}, environment_, accounts_, timelines_, libraries_, *index_
    );
}

std::vector<std::uint64_t> RelevanceWorld::page(discover::PostSearchRequest request) {
    const auto viewer = must(kit::run(viewers_.find(searcher_)));
    std::vector<std::uint64_t> ids;
    for (const feed::CardPtr& card : must(kit::run(search_->find(viewer, std::move(request))))) {
        ids.push_back(card->post.id.value);
    }
    return ids;
}

std::vector<std::uint64_t> RelevanceWorld::all(std::string_view typed, std::string_view reads) {
    discover::PostSearchRequest request;
    request.text = typed;
    request.languages = {std::string(reads)};
    request.limit = kPageLimit;
    std::vector<std::uint64_t> found;
    for (;;) {
        const auto ids = page(request);
        found.insert(found.end(), ids.begin(), ids.end());
        if (ids.size() < kPageLimit) {
            return found;
        }
        request.below = ids.back();
    }
}

std::string RelevanceWorld::text_of(std::uint64_t id) {
    const auto post = must(kit::run(posts_.find(PostId(id))));
    const auto author = must(kit::run(accounts_.find(post->author)));
    return fmt::format("{}: '{}'", author->username, post->text);
}

std::vector<std::uint64_t>
RelevanceWorld::best(std::string_view typed, std::string_view reads, std::size_t limit) {
    discover::PostSearchRequest request;
    request.text = typed;
    request.languages = {std::string(reads)};
    request.order = ports::SearchOrder::kRelevance;
    request.limit = limit;
    return page(std::move(request));
}

std::vector<ModelHit> RelevanceWorld::model(std::string_view typed, std::string_view reads) {
    const auto parsed = must(discover::parse_post_query(typed, reader_of(reads)));
    std::vector<AccountId> authors;
    for (const discover::QueryAuthor& author : parsed.authors) {
        const std::string name = author.name.substr(0, author.name.find('@'));
        const auto found = people_.find(name);
        authors.push_back(
            author.is_me ? searcher_ : (found == people_.end() ? AccountId{} : found->second)
        );
    }
    const discover::PostSearchLimits limits;
    return model_.search(
        discover::to_search(parsed, authors),
        parsed.scope,
        clock_.now_ms(),
        limits.recency,
        static_cast<double>(limits.half_life_ms)
    );
}

}  // namespace rookery::sim
