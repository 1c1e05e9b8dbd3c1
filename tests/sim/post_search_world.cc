#include "sim/post_search_world.h"

#include "social/privacy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <sstream>

namespace rookery::sim {

namespace {

constexpr std::size_t kPeople = 8;
constexpr std::size_t kPageLimit = 5;

/// No stemmer knows them, so a word is itself and the model needs no language.
constexpr std::array kWords{"zorp", "blim", "quax", "vorn", "drak", "mufo", "kilx", "tarv"};

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

std::string MadeUpQuery::typed(const std::vector<std::string>& names) const {
    std::vector<std::string> parts = words;
    for (const std::string& word : unwanted) {
        parts.push_back("-" + word);
    }
    if (!phrase.empty()) {
        parts.push_back(fmt::format("\"{}\"", fmt::join(phrase, " ")));
    }
    if (from) {
        parts.push_back("from:" + names[*from]);
    }
    if (!scope.empty()) {
        parts.push_back("in:" + scope);
    }
    if (only_replies) {
        parts.emplace_back("is:reply");
    }
    return fmt::format("{} ", fmt::join(parts, " "));
}

PostSearchWorld::PostSearchWorld(std::uint64_t seed) : random(seed) {
    for (std::size_t i = 0; i < kPeople; ++i) {
        names.push_back(fmt::format("person{}", i));
        people_.push_back(must(kit::run(accounts_.create({.username = names.back()})))->id);
    }
    open_index();
}

void PostSearchWorld::open_index() {
    post_search_.reset();
    indexer_.reset();
    index_.reset();
    search::SegmentedIndexConfig config;
    config.directory = directory_.path() / "search";
    config.merge_width = 3;
    config.memory_segment_bytes_max = 2'000;
    index_ = must(search::SegmentedIndex::open(config, pool_));
    indexer_ = std::make_unique<discover::PostIndexer>(
        discover::PostIndexerConfig{.fill_posts = 7}, store_, accounts_, posts_, *index_
    );
    post_search_ = std::make_unique<discover::PostSearch>(
        discover::PostSearchLimits{}, environment_, accounts_, timelines_, libraries_, *index_
    );
    handled_ = store_.horizon();
    must(kit::run(indexer_->start()));
}

void PostSearchWorld::step() {
    clock_.advance_ms(1 + static_cast<std::int64_t>(random.below(50)));
    switch (random.below(20)) {
        case 0:
            must(kit::run(index_->flush()));
            break;
        case 1:
            open_index();  // whatever was not flushed is gone
            break;
        case 2:
            indexer_->begin_fill();
            break;
        case 3:
        case 4:
            relate();
            break;
        case 5:
        case 6:
        case 7:
            react();
            break;
        case 8:
        case 9:
        case 10:
            change_post();
            break;
        case 11:
            static_cast<void>(must(kit::run(indexer_->work())));
            break;
        default:
            post();
    }
}

void PostSearchWorld::drain() {
    for (;;) {
        const auto events = must(kit::run(store_.read_events(handled_, 1 + random.below(9))));
        if (events.empty()) {
            break;
        }
        must(kit::run(indexer_->handle(events)));
        if (random.below(4) == 0) {
            must(kit::run(indexer_->handle(events)));
        }
        handled_ = events.back().id;
    }
    while (must(kit::run(indexer_->work()))) {
    }
}

social::PostPtr PostSearchWorld::any_post() {
    if (posted_.empty()) {
        return nullptr;
    }
    const auto found = kit::run(posts_.find(posted_[random.below(posted_.size())]));
    return found ? *found : nullptr;
}

std::string PostSearchWorld::made_up_text() {
    std::vector<std::string> words;
    for (std::uint64_t i = 1 + random.below(6); i > 0; --i) {
        words.emplace_back(kWords[random.below(kWords.size())]);
    }
    if (random.below(4) == 0) {
        words.push_back("@" + names[random.below(names.size())]);
    }
    return fmt::format("{}", fmt::join(words, " "));
}

void PostSearchWorld::post() {
    social::NewPost draft;
    draft.author = anybody();
    draft.text = made_up_text();
    draft.visibility = static_cast<social::Visibility>(random.below(4));
    if (random.below(3) == 0) {
        if (const auto parent = any_post(); parent && !parent->is_boost()) {
            draft.in_reply_to = parent->id;
        }
    }
    // A reply to what one may not see is refused, and that is that.
    if (const auto made = kit::run(posts_.create(std::move(draft)))) {
        posted_.push_back((*made)->id);
    }
}

void PostSearchWorld::change_post() {
    const auto post = any_post();
    if (!post) {
        return;
    }
    if (random.below(3) == 0) {
        must(kit::run(posts_.remove(post->author, post->id)));
        return;
    }
    social::PostChanges changes;
    if (random.below(4) != 0) {
        changes.text = made_up_text();
    }
    if (random.below(4) == 0 && post->visibility != social::Visibility::kDirect) {
        changes.visibility = social::Visibility::kPrivate;
    }
    must(kit::run(posts_.edit(post->author, post->id, std::move(changes))));
}

void PostSearchWorld::react() {
    const auto post = any_post();
    if (!post) {
        return;
    }
    const std::size_t who = random.below(people_.size());
    if (random.below(3) != 0) {
        must(kit::run(reactions_.favourite(people_[who], post)));
        marked_[who].insert(post->id.value);
    } else {
        must(kit::run(reactions_.unfavourite(people_[who], post)));
        marked_[who].erase(post->id.value);
    }
}

void PostSearchWorld::relate() {
    const AccountId actor = anybody();
    const AccountId target = anybody();
    if (random.below(3) == 0) {
        social::AccountChanges changes;
        changes.indexable = random.below(2) == 0;
        must(kit::run(accounts_.update(actor, changes)));
        return;
    }
    if (actor == target) {
        return;
    }
    switch (random.below(6)) {
        case 0:
            must(kit::run(follows_.block(actor, target)));
            break;
        case 1:
            must(kit::run(follows_.unblock(actor, target)));
            break;
        case 2:
            must(kit::run(follows_.mute(actor, target, true, 0)));
            break;
        case 3:
            must(kit::run(follows_.unmute(actor, target)));
            break;
        default:
            static_cast<void>(kit::run(follows_.follow(actor, target, {})));
    }
}

MadeUpQuery PostSearchWorld::made_up_query() {
    MadeUpQuery query;
    const auto word = [this] { return std::string(kWords[random.below(kWords.size())]); };
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        query.words.push_back(word());
    }
    if (random.below(3) == 0) {
        query.unwanted.push_back(word());
    }
    if (random.below(4) == 0) {
        query.phrase = {word(), word()};
    }
    if (random.below(4) == 0) {
        query.from = random.below(names.size());
    }
    constexpr std::array kScopes{"", "", "public", "library"};
    query.scope = kScopes[random.below(kScopes.size())];
    query.only_replies = random.below(6) == 0;
    if (query.words.empty() && query.phrase.empty()) {
        query.words.push_back(word());
    }
    return query;
}

std::vector<std::uint64_t>
PostSearchWorld::search(std::size_t reader, const MadeUpQuery& query, ports::SearchOrder order) {
    std::vector<std::uint64_t> found;
    discover::PostSearchRequest request;
    request.text = query.typed(names);
    request.languages = {"en"};
    request.order = order;
    request.limit = kPageLimit;
    for (;;) {
        const auto viewer = must(kit::run(viewers_.find(people_[reader])));
        const auto page = must(kit::run(post_search_->find(viewer, request)));
        for (const feed::CardPtr& card : page) {
            found.push_back(card->post.id.value);
        }
        if (page.size() < kPageLimit) {
            return found;
        }
        if (order == ports::SearchOrder::kNewest) {
            request.below = found.back();
        } else {
            request.offset += kPageLimit;
        }
    }
}

bool PostSearchWorld::is_there(const social::Post& post, const MadeUpQuery& query) const {
    const std::vector<std::string> words = words_of(post.text);
    const auto has = [&words](const std::string& word) {
        return std::ranges::find(words, word) != words.end();
    };
    return std::ranges::all_of(query.words, has) && std::ranges::none_of(query.unwanted, has) &&
           (query.phrase.empty() || !std::ranges::search(words, query.phrase).empty()) &&
           (!query.from || people_[*query.from] == post.author) &&
           (!query.only_replies || post.is_reply());
}

std::vector<std::uint64_t> PostSearchWorld::model(std::size_t reader, const MadeUpQuery& query) {
    const auto viewer = must(kit::run(viewers_.find(people_[reader])));
    std::vector<std::uint64_t> wanted;
    for (const PostId id : posted_) {
        const auto found = kit::run(posts_.find(id));
        if (!found || !is_there(**found, query)) {
            continue;
        }
        const social::Post& post = **found;
        const auto author = must(kit::run(accounts_.find(post.author)));
        if (!social::can_see(viewer.get(), post, *author) ||
            !social::wants_in_lists(viewer.get(), post, clock_.now_ms())) {
            continue;
        }
        const bool is_open = post.visibility == social::Visibility::kPublic && author->indexable;
        const bool is_theirs = post.author == viewer->id || post.mentions_account(viewer->id) ||
                               marked_[reader].contains(id.value);
        if ((is_open && query.scope != "library") || (is_theirs && query.scope != "public")) {
            wanted.push_back(id.value);
        }
    }
    std::ranges::sort(wanted, std::greater{});
    return wanted;
}

}  // namespace rookery::sim
