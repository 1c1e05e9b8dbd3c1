#include "api/mastodon/status_face.h"
#include "api/mastodon/status_text.h"
#include "api/mastodon/status_view.h"

#include <utility>

/// The part of StatusView that gives cards their faces, and items and new posts their cards.
namespace rookery::api::mastodon {

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

std::unique_ptr<const feed::Card::Face>
StatusView::face_of(const feed::Card& card, const feed::CardPosts& posts) {
    const auto half = [this](const auto& of, const social::Post& post) {
        const std::string plain = status_text(config_, post, *of.author);
        auto text = std::make_shared<Face::Text>();
        text->packed = dictionary_.pack(plain);
        text->hash = hash_(plain);
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

Task<Result<std::string>>
StatusView::render_new(social::PostPtr post, social::AccountPtr author, bool muted) {
    CO_TRY(const auto counts, co_await people_.counts({author->id}));
    feed::Item item{std::move(post), std::move(author), nullptr, nullptr, nullptr};
    const auto card = card_of(item, counts.front(), {});
    card->face = face_of(*card, {item.post, nullptr});
    const std::uint8_t bits = ViewerTail::kOwn | (muted ? ViewerTail::kMuted : 0);
    co_return whole(*card, {ViewerTail(bits), {}});
}

}  // namespace rookery::api::mastodon
