#include "api/mastodon/status_view.h"

#include "api/mastodon/status_face.h"
#include "api/mastodon/status_text.h"

#include <utility>

namespace rookery::api::mastodon {

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
      filters_(filters) {
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
    CO_TRY(const auto matcher, co_await filters_.of(viewer->id));
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

/// All of the entity that does not depend on who looks at it. The card keeps what is referred to.
void StatusView::append_head(PieceList& out, feed::CardPtr card) {
    const auto& face = static_cast<const Face&>(*card->face);  // nobody else makes one
    const social::PostCounts counts = card->counts;
    if (face.booster) {
        face.booster->append(out, card);
        append_status_counts(out.own(), counts);
    }
    face.shown.append(out, std::move(card));
    append_status_counts(out.own(), counts);
    out.own() += "null";
}

std::string StatusView::head_of(feed::CardPtr card) {
    PieceList head(8, 512);
    append_head(head, std::move(card));
    return joined(head.take());
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

Task<Result<std::vector<http::Piece>>>
StatusView::render_pieces(feed::CardPage page, social::ViewerPtr viewer) {
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    constexpr std::size_t kUsualPieces = 3;  // of one entity
    constexpr std::size_t kUsualOwnBytes = 256;
    PieceList out(page.size() * kUsualPieces + 2, page.size() * kUsualOwnBytes + 2);
    for (const feed::CardPtr& card : page) {
        static_cast<const Face&>(*card->face).shown.fetch_ahead();
    }
    out.own() += '[';
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (i > 0) {
            out.own() += ',';
        }
        const bool is_boost = page[i]->boosted != nullptr;
        append_head(out, std::move(page[i]));
        append_end(out.own(), is_boost, ends[i]);
    }
    out.own() += ']';
    co_return out.take();
}

Task<Result<std::string>> StatusView::render_page(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(auto cards, co_await cards_of(std::move(page)));
    CO_TRY(const auto pieces, co_await render_pieces(std::move(cards), std::move(viewer)));
    co_return joined(pieces);
}

Task<Result<std::vector<std::string>>>
StatusView::render_each(feed::CardPage page, social::ViewerPtr viewer) {
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    std::vector<std::string> out(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) {
        out[i] = head_of(page[i]);
        append_end(out[i], page[i]->boosted != nullptr, ends[i]);
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
    status.head = head_of(card);
    status.is_boost = card->boosted != nullptr;
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
