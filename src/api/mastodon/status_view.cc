#include "api/mastodon/status_view.h"

#include "api/mastodon/status_text.h"
#include "base/sharded_cache.h"

#include <utility>

namespace rookery::api::mastodon {

/// The texts of recent posts. An entry remembers the very post that it was made of: posts are
/// immutable and shared, so the same pointer means the same text, and nothing needs invalidation.
class StatusView::Texts {
public:
    struct Entry {
        social::PostPtr post;
        std::string text;
        std::uint64_t hash = 0;  ///< of the text
    };
    using EntryPtr = std::shared_ptr<const Entry>;

    explicit Texts(const ApiConfig& config)
        : config_(config), cache_(config.cached_status_texts_max) {}

    EntryPtr find(const social::PostPtr& post, const social::Account& author) {
        if (auto cached = cache_.find(post->id)) {
            if ((*cached)->post == post) {
                return std::move(*cached);
            }
        }
        auto entry = std::make_shared<Entry>(post, status_text(config_, *post, author));
        entry->hash = hash_(entry->text);
        cache_.insert(post->id, entry, cache_.stamp(post->id));
        return entry;
    }

private:
    const ApiConfig& config_;
    const http::KeyedHash hash_;
    ShardedCache<PostId, EntryPtr> cache_;
};

/// The pieces of a card's entity. Where they lie and their hashes stand here again, so that a page
/// reads one line of memory for a post and not three more to come to its texts.
class StatusView::Face final : public feed::Card::Face {
public:
    class Half {
    public:
        Half() = default;
        Half(Texts::EntryPtr text, AccountFacePtr account)
            : text_(text->text),
              text_hash_(text->hash),
              account_(account->text),
              account_hash_(account->hash),
              text_keeper_(std::move(text)),
              account_keeper_(std::move(account)) {}

        [[nodiscard]] bool empty() const { return text_.empty(); }
        /// `keeper` keeps this.
        void append(PieceList& out, const feed::CardPtr& keeper) const {
            out.refer(text_, text_hash_, keeper);
            out.refer(account_, account_hash_);
        }

    private:
        std::string_view text_;
        std::uint64_t text_hash_ = 0;
        std::string_view account_;
        std::uint64_t account_hash_ = 0;
        Texts::EntryPtr text_keeper_;
        AccountFacePtr account_keeper_;
    };
    Half shown;    ///< what is boosted, or the post itself
    Half booster;  ///< empty if the post is no boost
};

namespace {

const social::PostPtr& shown_post(const feed::Item& item) {
    return item.boosted ? item.boosted : item.post;
}

}  // namespace

StatusView::StatusView(
    const ApiConfig& config,
    social::Accounts& people,
    social::Posts& posts,
    social::Reactions& reactions,
    AccountView& accounts,
    StatusFilters& filters
)
    : people_(people),
      posts_(posts),
      reactions_(reactions),
      accounts_(accounts),
      filters_(filters),
      texts_(std::make_unique<Texts>(config)) {}

StatusView::~StatusView() = default;

/// Makes cards for the items that have none, of the posts and authors that they have.
Task<Result<void>> StatusView::complete(feed::Page* page) {
    std::vector<feed::Item*> bare;
    std::vector<PostId> posts;
    std::vector<AccountId> authors;
    for (feed::Item& item : *page) {
        if (!item.card) {
            bare.push_back(&item);
            posts.push_back(shown_post(item)->id);
            authors.push_back(item.author->id);
            authors.push_back(item.boosted_author ? item.boosted_author->id : item.author->id);
        }
    }
    if (bare.empty()) {
        co_return Result<void>();
    }
    CO_TRY(const auto post_counts, co_await posts_.counts(std::move(posts)));
    CO_TRY(const auto author_counts, co_await people_.counts(std::move(authors)));
    for (std::size_t i = 0; i < bare.size(); ++i) {
        auto card = std::make_shared<feed::Card>();
        card->post = bare[i]->post;
        card->author = bare[i]->author;
        card->boosted = bare[i]->boosted;
        card->boosted_author = bare[i]->boosted_author;
        card->counts = post_counts[i];
        card->author_counts = author_counts[2 * i];
        card->boosted_author_counts = author_counts[2 * i + 1];
        bare[i]->card = std::move(card);
    }
    co_return Result<void>();
}

/// In the order of the page. `viewer` null: signed out.
Task<Result<std::vector<StatusEnding>>>
StatusView::endings(const feed::Page* page, social::ViewerPtr viewer) {
    std::vector<StatusEnding> endings(page->size());
    if (!viewer) {
        co_return endings;
    }
    std::vector<PostId> ids;
    ids.reserve(page->size());
    for (const feed::Item& item : *page) {
        ids.push_back(shown_post(item)->id);
    }
    CO_TRY(const auto marks, co_await reactions_.marks(viewer->id, std::move(ids)));
    CO_TRY(const auto matcher, co_await filters_.of(viewer->id));
    for (std::size_t i = 0; i < page->size(); ++i) {
        const social::Post& shown = *shown_post((*page)[i]);
        endings[i].tail = ViewerTail::of(*viewer, marks[i], shown.thread, shown.author);
        endings[i].filtered = filters_.results(*matcher, shown, viewer->id);
    }
    co_return endings;
}

const StatusView::Face& StatusView::face_of(const feed::Card& card) {
    if (const auto* face = card.face()) {
        return static_cast<const Face&>(*face);  // nobody else sets one
    }
    auto face = std::make_unique<Face>();
    const auto half = [this](const auto& post, const auto& author, const auto& counts) {
        return Face::Half{texts_->find(post, *author), accounts_.face(author, counts)};
    };
    const auto own = half(card.post, card.author, card.author_counts);
    if (card.boosted) {
        face->booster = own;
        face->shown = half(card.boosted, card.boosted_author, card.boosted_author_counts);
    } else {
        face->shown = own;
    }
    return static_cast<const Face&>(card.set_face(std::move(face)));
}

/// All of the entity that does not depend on who looks at it. The card keeps what is referred to.
void StatusView::append_head(PieceList& out, const feed::CardPtr& card) {
    const Face& face = face_of(*card);
    if (!face.booster.empty()) {
        face.booster.append(out, card);
        append_status_counts(out.own(), card->counts);
    }
    face.shown.append(out, card);
    append_status_counts(out.own(), card->counts);
    out.own() += "null";
}

std::string StatusView::head_of(const feed::CardPtr& card) {
    PieceList head(8, 512);
    append_head(head, card);
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
StatusView::render_pieces(feed::Page page, social::ViewerPtr viewer) {
    CO_CHECK(co_await complete(&page));
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    constexpr std::size_t kUsualPieces = 3;  // of one entity
    constexpr std::size_t kUsualOwnBytes = 256;
    PieceList out(page.size() * kUsualPieces + 2, page.size() * kUsualOwnBytes + 2);
    out.own() += '[';
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (i > 0) {
            out.own() += ',';
        }
        append_head(out, page[i].card);
        append_end(out.own(), page[i].boosted != nullptr, ends[i]);
    }
    out.own() += ']';
    co_return out.take();
}

Task<Result<std::string>> StatusView::render_page(feed::Page page, social::ViewerPtr viewer) {
    CO_TRY(const auto pieces, co_await render_pieces(std::move(page), std::move(viewer)));
    co_return joined(pieces);
}

Task<Result<std::vector<std::string>>>
StatusView::render_each(feed::Page page, social::ViewerPtr viewer) {
    CO_CHECK(co_await complete(&page));
    CO_TRY(const auto ends, co_await endings(&page, std::move(viewer)));
    std::vector<std::string> out(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) {
        out[i] = head_of(page[i].card);
        append_end(out[i], page[i].boosted != nullptr, ends[i]);
    }
    co_return out;
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
    auto card = std::make_shared<feed::Card>();
    card->post = std::move(post);
    card->author = std::move(author);
    card->author_counts = counts.front();
    std::string out = head_of(card);
    const std::uint8_t bits = ViewerTail::kOwn | (muted ? ViewerTail::kMuted : 0);
    append_end(out, false, {ViewerTail(bits), {}});
    co_return out;
}

Task<Result<NeutralStatus>> StatusView::render_neutral(feed::Item item) {
    feed::Page page;
    page.push_back(std::move(item));
    CO_CHECK(co_await complete(&page));
    const feed::Item& only = page.front();
    const social::Post& shown = *shown_post(only);
    NeutralStatus status;
    status.head = head_of(only.card);
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
