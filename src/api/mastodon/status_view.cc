#include "api/mastodon/status_view.h"

#include "api/mastodon/status_text.h"
#include "base/sharded_cache.h"

#include <fmt/format.h>

#include <iterator>
#include <span>
#include <utility>

namespace rookery::api::mastodon {

/// The texts of recent posts. An entry remembers the very post that it was made of: posts are
/// immutable and shared, so the same pointer means the same text, and nothing needs invalidation.
class StatusView::Texts {
public:
    using Text = std::shared_ptr<const std::string>;

    explicit Texts(const ApiConfig& config)
        : config_(config), cache_(config.cached_status_texts_max) {}

    /// In the order of `posts`, which may have nulls.
    std::vector<Text>
    find_many(std::span<const social::PostPtr> posts, std::span<const social::AccountPtr> authors) {
        std::vector<PostId> ids;
        std::vector<std::size_t> places;
        ids.reserve(posts.size());
        places.reserve(posts.size());
        for (std::size_t i = 0; i < posts.size(); ++i) {
            if (posts[i]) {
                ids.push_back(posts[i]->id);
                places.push_back(i);
            }
        }
        std::vector<EntryPtr> entries(ids.size());
        cache_.find_many(
            ids,
            [&](std::size_t i, const EntryPtr& entry) { entries[i] = entry; },
            [](std::size_t, Cache::Stamp) {}
        );
        std::vector<Text> texts(posts.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const social::PostPtr& post = posts[places[i]];
            if (!entries[i] || entries[i]->post != post) {
                entries[i] = make(post, *authors[places[i]]);
            }
            const std::string* text = &entries[i]->text;
            texts[places[i]] = {std::move(entries[i]), text};
        }
        return texts;
    }

private:
    struct Entry {
        social::PostPtr post;
        std::string text;
    };
    using EntryPtr = std::shared_ptr<const Entry>;
    using Cache = ShardedCache<PostId, EntryPtr>;

    EntryPtr make(const social::PostPtr& post, const social::Account& author) {
        const auto stamp = cache_.stamp(post->id);
        auto entry = std::make_shared<Entry>(post, status_text(config_, *post, author));
        cache_.insert(post->id, entry, stamp);
        return entry;
    }

    const ApiConfig& config_;
    Cache cache_;
};

/// What a page needs beyond its items, asked for once a page. All in the order of the items.
struct StatusView::Facts {
    std::vector<social::PostCounts> counts;  ///< of the posts shown
    std::vector<StatusEnding> endings;
    // Two an item: of the item and its author, and of what it boosts.
    std::vector<Texts::Text> texts;
    std::vector<http::Fragment> accounts;
};

namespace {

const social::PostPtr& shown_post(const feed::Item& item) {
    return item.boosted ? item.boosted : item.post;
}

void append_counts(std::string& out, const social::PostCounts& counts) {
    fmt::format_to(
        std::back_inserter(out),
        R"(,"replies_count":{},"reblogs_count":{},"favourites_count":{},"quotes_count":0,"reblog":)",
        counts.replies,
        counts.boosts,
        counts.favourites
    );
}

}  // namespace

StatusView::StatusView(
    const ApiConfig& config,
    social::Posts& posts,
    social::Reactions& reactions,
    AccountView& accounts,
    StatusFilters& filters
)
    : posts_(posts),
      reactions_(reactions),
      accounts_(accounts),
      filters_(filters),
      texts_(std::make_unique<Texts>(config)) {}

StatusView::~StatusView() = default;

Task<Result<StatusView::Facts>>
StatusView::gather(const feed::Page* page, social::ViewerPtr viewer) {
    std::vector<PostId> ids;
    std::vector<social::PostPtr> posts;
    std::vector<social::AccountPtr> authors;
    ids.reserve(page->size());
    posts.reserve(page->size() * 2);
    authors.reserve(page->size() * 2);
    for (const feed::Item& item : *page) {
        ids.push_back(shown_post(item)->id);
        posts.push_back(item.post);
        posts.push_back(item.boosted);
        authors.push_back(item.author);
        authors.push_back(item.boosted_author);
    }
    Facts facts;
    CO_TRY(facts.counts, co_await posts_.counts(ids));
    facts.texts = texts_->find_many(posts, authors);
    CO_TRY(facts.accounts, co_await accounts_.render_many(std::move(authors)));
    facts.endings.resize(page->size());
    if (viewer) {
        CO_TRY(const auto marks, co_await reactions_.marks(viewer->id, std::move(ids)));
        CO_TRY(const auto matcher, co_await filters_.of(viewer->id));
        for (std::size_t i = 0; i < page->size(); ++i) {
            const social::Post& shown = *shown_post((*page)[i]);
            facts.endings[i].tail = ViewerTail::of(*viewer, marks[i], shown.thread, shown.author);
            facts.endings[i].filtered = filters_.results(*matcher, shown, viewer->id);
        }
    }
    co_return facts;
}

void StatusView::append_head(
    std::string& out,
    const feed::Item& item,
    const Facts& facts,
    std::size_t index
) {
    out += *facts.texts[2 * index];
    out += *facts.accounts[2 * index];
    append_counts(out, facts.counts[index]);
    if (!item.boosted) {
        out += "null";
        return;
    }
    out += *facts.texts[2 * index + 1];
    out += *facts.accounts[2 * index + 1];
    append_counts(out, facts.counts[index]);
    out += "null";
}

void StatusView::append_end(std::string& out, bool is_boost, const StatusEnding& ending) const {
    const auto append_tail = [&](ViewerTail tail) {
        std::string_view text = tails_.text(tail);
        if (!ending.filtered.empty()) {
            text.remove_suffix(1);  // every tail ends with the empty array of filter results
        }
        out += text;
        if (!ending.filtered.empty()) {
            out += ending.filtered;
            out += ']';
        }
        out += '}';
    };
    append_tail(ending.tail);
    if (is_boost) {
        append_tail(ending.tail.of_boost());
    }
}

void StatusView::append(
    std::string& out,
    const feed::Page& page,
    const Facts& facts,
    std::size_t index
) {
    append_head(out, page[index], facts, index);
    append_end(out, page[index].boosted != nullptr, facts.endings[index]);
}

Task<Result<std::string>> StatusView::render_page(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(const Facts facts, co_await gather(&page, std::move(viewer)));
    constexpr std::size_t kUsualBytes = 2048;  // of one entity: saves growing by copies
    std::string out;
    out.reserve(page.size() * kUsualBytes + 2);
    out += '[';
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append(out, page, facts, i);
    }
    out += ']';
    co_return out;
}

Task<Result<std::vector<std::string>>>
StatusView::render_each(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(const Facts facts, co_await gather(&page, std::move(viewer)));
    std::vector<std::string> out(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) {
        append(out[i], page, facts, i);
    }
    co_return out;
}

Task<Result<std::string>> StatusView::render(feed::Item item, social::ViewerPtr viewer) {
    feed::Page page;
    page.push_back(std::move(item));
    CO_TRY(auto entities, co_await render_each(std::move(page), std::move(viewer)));
    co_return std::move(entities.front());
}

Task<Result<NeutralStatus>> StatusView::render_neutral(feed::Item item) {
    feed::Page page;
    page.push_back(std::move(item));
    CO_TRY(const Facts facts, co_await gather(&page, nullptr));
    const feed::Item& only = page.front();
    const social::Post& shown = *shown_post(only);
    NeutralStatus status;
    append_head(status.head, only, facts, 0);
    status.is_boost = only.boosted != nullptr;
    status.shown = shown.id;
    status.thread = shown.thread;
    status.shown_author = shown.author;
    co_return status;
}

std::string StatusView::finish(const NeutralStatus& status, const StatusEnding& ending) const {
    constexpr std::size_t kUsualEndBytes = 256;
    std::string out;
    out.reserve(status.head.size() + kUsualEndBytes + 2 * ending.filtered.size());
    out += status.head;
    append_end(out, status.is_boost, ending);
    return out;
}

}  // namespace rookery::api::mastodon
