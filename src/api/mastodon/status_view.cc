#include "api/mastodon/status_view.h"

#include "api/mastodon/status_face.h"
#include "api/mastodon/status_text.h"

#include <array>
#include <utility>

namespace rookery::api::mastodon {

namespace {

/// What "reblog" is of a post that is none.
constexpr std::string_view kNone = "null";

}  // namespace

StatusView::StatusView(
    const ApiConfig& config,
    feed::Cards& cards,
    social::Accounts& people,
    social::Posts& posts,
    social::Reactions& reactions,
    AccountView& accounts,
    StatusFilters& filters
)
    : config_(config),
      cards_(cards),
      people_(people),
      posts_(posts),
      reactions_(reactions),
      accounts_(accounts),
      filters_(filters),
      dictionary_(common_status_phrases(config)) {
    cards_.show_with(this);
}

StatusView::~StatusView() {
    cards_.show_with(nullptr);
}

/// In the order of the page. `viewer` null: signed out.
Task<Result<std::vector<StatusEnding>>>
StatusView::endings(const feed::CardPage* page, social::ViewerPtr viewer) {
    std::vector<StatusEnding> endings(page->size());
    if (!viewer) {
        co_return endings;
    }
    std::vector<PostId> ids;
    ids.reserve(page->size());
    for (const feed::CardPtr& card : *page) {
        ids.push_back(card->shown().id);
    }
    CO_TRY(const auto marks, co_await reactions_.marks(viewer->id, ids));
    for (std::size_t i = 0; i < page->size(); ++i) {
        const social::PostFacts& shown = (*page)[i]->shown();
        endings[i].tail = ViewerTail::of(*viewer, marks[i], shown.thread, shown.author);
    }
    StatusFilters::MatcherPtr matcher = filters_.find_at_once(viewer->id);
    if (!matcher) {
        CO_TRY(matcher, co_await filters_.of(viewer->id));
    }
    if (!matcher->empty()) {
        CO_TRY(const auto posts, co_await posts_.find_many(std::move(ids)));
        for (std::size_t i = 0; i < posts.size(); ++i) {
            if (posts[i]) {
                endings[i].filtered = filters_.results(*matcher, *posts[i], viewer->id);
            }
        }
    }
    co_return endings;
}

const StatusView::Face& StatusView::face_on(const feed::Card& card) {
    return static_cast<const Face&>(*card.face);  // nobody else makes one
}

std::size_t StatusView::head_bytes_max(const feed::Card& card) {
    const Face& face = face_on(card);
    const std::size_t booster = face.booster ? face.booster->bytes() + kStatusCountsBytesMax : 0;
    return booster + face.shown.bytes() + kStatusCountsBytesMax + kNone.size();
}

/// All of the entity that does not depend on who looks at it.
void StatusView::append_head(PageText& out, const feed::Card& card) const {
    const Face& face = face_on(card);
    if (face.booster) {
        face.booster->write(out, dictionary_, accounts_);
        append_status_counts(out, card.counts);
    }
    face.shown.write(out, dictionary_, accounts_);
    append_status_counts(out, card.counts);
    out.append(kNone);
}

std::size_t StatusView::end_bytes_max(const StatusEnding& ending) const {
    constexpr std::size_t kEntities = 2;  // a boost, and what it boosts
    constexpr std::size_t kBrackets = 2;
    return kEntities * (tails_.text(ending.tail).size() + ending.filtered.size() + kBrackets);
}

template <class Out>
void StatusView::append_end(Out& out, bool is_boost, const StatusEnding& ending) const {
    using std::string_view_literals::operator""sv;
    const auto append_tail = [&](ViewerTail tail) {
        std::string_view text = tails_.text(tail);
        if (!ending.filtered.empty()) {
            text.remove_suffix(1);  // every tail ends with the empty array of filter results
        }
        out.append(text);
        if (!ending.filtered.empty()) {
            out.append(ending.filtered);
            out.append("]"sv);
        }
        out.append("}"sv);
    };
    append_tail(ending.tail);
    if (is_boost) {
        append_tail(ending.tail.of_boost());
    }
}

std::string StatusView::whole(const feed::Card& card, const StatusEnding& ending) const {
    PageText out(head_bytes_max(card) + end_bytes_max(ending));
    append_head(out, card);
    append_end(out, card.boosted != nullptr, ending);
    return std::string(out.view());
}

/// Of what a page is made of: it is not read again for its entity tag.
std::uint64_t StatusView::hash_of(
    const feed::CardPage& page,
    const std::vector<StatusEnding>& ends,
    const Around& around
) const {
    constexpr std::size_t kFacts = 8;
    std::vector<std::uint64_t> facts;
    facts.reserve(page.size() * kFacts + 2);
    for (std::size_t i = 0; i < page.size(); ++i) {
        const feed::Card& card = *page[i];
        const Face& face = face_on(card);
        for (const Face::Half* half :
             std::array<const Face::Half*, 2>{&face.shown, face.booster.get()}) {
            facts.push_back(half == nullptr ? 0 : half->text_hash());
            facts.push_back(half == nullptr ? 0 : half->account_hash());
        }
        facts.push_back(static_cast<std::uint64_t>(card.counts.replies));
        facts.push_back(static_cast<std::uint64_t>(card.counts.boosts));
        facts.push_back(static_cast<std::uint64_t>(card.counts.favourites));
        facts.push_back(
            ends[i].filtered.empty() ? ends[i].tail.bits()
                                     : hash_(ends[i].filtered, ends[i].tail.bits())
        );
    }
    facts.push_back(hash_(around.before));
    facts.push_back(hash_(around.after));
    return hash_({reinterpret_cast<const char*>(facts.data()), facts.size() * sizeof(facts[0])});
}

Task<Result<http::Piece>>
StatusView::render_array(feed::CardPage page, social::ViewerPtr viewer, Around around) {
    const auto fetch_ahead = [&page](std::size_t i) {
        if (i < page.size()) {
            const Face& face = face_on(*page[i]);
            face.shown.fetch_ahead();
            if (face.booster) {
                face.booster->fetch_ahead();
            }
        }
    };
    // No more at once than a processor waits for together; the others while these are written.
    constexpr std::size_t kAhead = 8;
    for (std::size_t i = 0; i < kAhead; ++i) {
        fetch_ahead(i);
    }
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    constexpr std::size_t kComma = 1;
    std::size_t bytes_max = around.before.size() + around.after.size() + 2;
    for (std::size_t i = 0; i < page.size(); ++i) {
        bytes_max += head_bytes_max(*page[i]) + end_bytes_max(ends[i]) + kComma;
    }
    PageText out(bytes_max);
    out.append(around.before);
    out.append('[');
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (i > 0) {
            out.append(',');
        }
        fetch_ahead(i + kAhead);
        append_head(out, *page[i]);
        append_end(out, page[i]->boosted != nullptr, ends[i]);
    }
    out.append(']');
    out.append(around.after);
    co_return http::Piece(out.view(), hash_of(page, ends, around), out.keeper());
}

Task<Result<std::string>> StatusView::render_page(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(auto cards, co_await cards_of(std::move(page)));
    CO_TRY(const auto array, co_await render_array(std::move(cards), std::move(viewer)));
    co_return std::string(array.bytes);
}

Task<Result<std::vector<std::string>>>
StatusView::render_each(feed::CardPage page, social::ViewerPtr viewer) {
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    std::vector<std::string> out(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) {
        out[i] = whole(*page[i], ends[i]);
    }
    co_return out;
}

Task<Result<std::vector<std::string>>>
StatusView::render_each(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(auto cards, co_await cards_of(std::move(page)));
    co_return co_await render_each(std::move(cards), std::move(viewer));
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
    CO_TRY(const auto cards, co_await cards_of(std::move(page)));
    const feed::CardPtr& card = cards.front();
    const social::PostFacts& shown = card->shown();
    NeutralStatus status;
    PageText head(head_bytes_max(*card));
    append_head(head, *card);
    status.head = head.view();
    status.is_boost = card->boosted != nullptr;
    status.shown = shown.id;
    status.thread = shown.thread;
    status.shown_author = shown.author;
    co_return status;
}

std::string StatusView::finish(const NeutralStatus& status, const StatusEnding& ending) const {
    std::string out;
    out.reserve(status.head.size() + end_bytes_max(ending));
    out += status.head;
    append_end(out, status.is_boost, ending);
    return out;
}

}  // namespace rookery::api::mastodon
