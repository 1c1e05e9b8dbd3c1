#include "api/mastodon/status_view.h"

#include "api/mastodon/status_text.h"

#include <utility>

namespace rookery::api::mastodon {

/// The pieces of a card's entity. Where they lie and their hashes stand here again, so that a page
/// reads one line of memory for a post and not three more to come to its texts.
class StatusView::Face final : public feed::Card::Face {
public:
    /// The beginning of an entity, which changes with the post alone.
    struct Text {
        std::string text;
        std::uint64_t hash = 0;  ///< of the text
    };
    using TextPtr = std::shared_ptr<const Text>;

    class Half {
    public:
        Half(TextPtr text, AccountFacePtr account)
            : text_(text->text),
              text_hash_(text->hash),
              account_(account->text),
              account_hash_(account->hash),
              text_keeper_(std::move(text)),
              account_keeper_(std::move(account)) {}

        [[nodiscard]] const TextPtr& text() const { return text_keeper_; }
        /// Asks the processor for the first lines of what append() refers to; it finds the rest.
        void fetch_ahead() const {
            for (const std::string_view piece : {text_, account_}) {
                __builtin_prefetch(piece.data());
                __builtin_prefetch(piece.data() + 64);
            }
        }
        /// `keeper` keeps this.
        void append(PieceList& out, feed::CardPtr keeper) const {
            out.refer(text_, text_hash_, std::move(keeper));
            out.refer(account_, account_hash_);
        }

    private:
        std::string_view text_;
        std::uint64_t text_hash_ = 0;
        std::string_view account_;
        std::uint64_t account_hash_ = 0;
        TextPtr text_keeper_;
        AccountFacePtr account_keeper_;
    };

    explicit Face(Half of_shown) : shown(std::move(of_shown)) {}

    Half shown;                     ///< what is boosted, or the post itself
    std::unique_ptr<Half> booster;  ///< null if the post is no boost
};

namespace {

/// A card without a face and without the post's counts.
std::shared_ptr<feed::Card> card_of(
    const feed::Item& item,
    const social::AccountCounts& author,
    const social::AccountCounts& boosted_author
) {
    auto card = std::make_shared<feed::Card>();
    card->post = *item.post;
    card->author = item.author;
    card->author_standing = item.author->standing();
    card->author_counts = author;
    if (item.boosted) {
        auto boosted = std::make_unique<feed::Card::Boosted>();
        boosted->post = *item.boosted;
        boosted->author = item.boosted_author;
        boosted->author_standing = item.boosted_author->standing();
        boosted->author_counts = boosted_author;
        card->boosted = std::move(boosted);
    }
    return card;
}

bool is_same(const feed::Item& item, const feed::Card& card) {
    const social::PostFacts& post = *item.post;
    if (post != card.post || (item.boosted == nullptr) != (card.boosted == nullptr)) {
        return false;
    }
    return !item.boosted ||
           static_cast<const social::PostFacts&>(*item.boosted) == card.boosted->post;
}

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
      filters_(filters) {
    cards_.show_with(this);
}

StatusView::~StatusView() {
    cards_.show_with(nullptr);
}

std::unique_ptr<const feed::Card::Face>
StatusView::face_of(const feed::Card& card, const feed::CardPosts& posts) {
    const auto half = [this](const auto& of, const social::Post& post) {
        auto text = std::make_shared<Face::Text>(status_text(config_, post, *of.author));
        text->hash = hash_(text->text);
        return Face::Half(std::move(text), accounts_.face(of.author, of.author_counts));
    };
    if (!card.boosted) {
        return std::make_unique<Face>(half(card, *posts.post));
    }
    auto face = std::make_unique<Face>(half(*card.boosted, *posts.boosted));
    face->booster = std::make_unique<Face::Half>(half(card, *posts.post));
    return face;
}

std::unique_ptr<const feed::Card::Face>
StatusView::face_like(const feed::Card& card, const feed::Card::Face& former) {
    const auto& old = static_cast<const Face&>(former);  // nobody else makes one
    const auto half = [this](const auto& of, const Face::Half& before) {
        return Face::Half(before.text(), accounts_.face(of.author, of.author_counts));
    };
    if (!card.boosted) {
        return std::make_unique<Face>(half(card, old.shown));
    }
    auto face = std::make_unique<Face>(half(*card.boosted, old.shown));
    face->booster = std::make_unique<Face::Half>(half(card, *old.booster));
    return face;
}

/// The cards that say the same of the posts as the items, which were judged by their privacy; null
/// where there is none.
Task<Result<feed::CardPage>> StatusView::ready_cards(const feed::Page* page) {
    feed::CardPage cards(page->size());
    std::vector<PostId> ids;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < page->size(); ++i) {
        cards[i] = (*page)[i].card;
        if (!cards[i]) {
            ids.push_back((*page)[i].post->id);
            places.push_back(i);
        }
    }
    if (ids.empty()) {
        co_return cards;
    }
    CO_TRY(auto found, co_await cards_.find_many(std::move(ids)));
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i] && found[i]->face && is_same((*page)[places[i]], *found[i])) {
            cards[places[i]] = std::move(found[i]);
        }
    }
    co_return cards;
}

Task<Result<feed::CardPage>> StatusView::cards_of(feed::Page page) {
    std::vector<std::size_t> bare;
    std::vector<PostId> posts;
    std::vector<AccountId> authors;
    CO_TRY(auto cards, co_await ready_cards(&page));
    for (std::size_t i = 0; i < page.size(); ++i) {
        const feed::Item& item = page[i];
        if (!cards[i]) {
            bare.push_back(i);
            posts.push_back(item.boosted ? item.boosted->id : item.post->id);
            authors.push_back(item.author->id);
            authors.push_back(item.boosted_author ? item.boosted_author->id : item.author->id);
        }
    }
    if (bare.empty()) {
        co_return cards;
    }
    CO_TRY(const auto post_counts, co_await posts_.counts(std::move(posts)));
    CO_TRY(const auto author_counts, co_await people_.counts(std::move(authors)));
    for (std::size_t i = 0; i < bare.size(); ++i) {
        const feed::Item& item = page[bare[i]];
        const auto card = card_of(item, author_counts[2 * i], author_counts[2 * i + 1]);
        card->counts = post_counts[i];
        card->face = face_of(*card, {item.post, item.boosted});
        cards[bare[i]] = card;
    }
    co_return cards;
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

Task<Result<std::vector<http::Piece>>>
StatusView::render_pieces(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(auto cards, co_await cards_of(std::move(page)));
    co_return co_await render_pieces(std::move(cards), std::move(viewer));
}

Task<Result<std::string>> StatusView::render_page(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(const auto pieces, co_await render_pieces(std::move(page), std::move(viewer)));
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

Task<Result<std::string>>
StatusView::render_new(social::PostPtr post, social::AccountPtr author, bool muted) {
    CO_TRY(const auto counts, co_await people_.counts({author->id}));
    feed::Item item{std::move(post), std::move(author), nullptr, nullptr, nullptr};
    const auto card = card_of(item, counts.front(), {});
    card->face = face_of(*card, {item.post, nullptr});
    std::string out = head_of(card);
    const std::uint8_t bits = ViewerTail::kOwn | (muted ? ViewerTail::kMuted : 0);
    append_end(out, false, {ViewerTail(bits), {}});
    co_return out;
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
