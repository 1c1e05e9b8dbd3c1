#include "feed/cards.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

/// Cards that are being made, some at a time: whatever they need of one kind is asked for at once.
/// Marks are taken before what they stand for is read.
class Cards::Making {
public:
    explicit Making(Cards& cards) : cards_(cards) {}

    /// `former`, if not null, is a card of the same post, and `marks` of its posts still hold: then
    /// they are not read again.
    void add(PostId id, CardPtr former, const Marks& marks) {
        ids_.push_back(id);
        formers_.push_back(std::move(former));
        marks_.push_back(marks);
    }

    [[nodiscard]] Task<Result<void>> read();

    /// The card at `place`; null if there is no such post.
    [[nodiscard]] CardPtr card(std::size_t place) const { return made_[place]; }
    [[nodiscard]] const Marks& marks(std::size_t place) const { return marks_[place]; }

private:
    [[nodiscard]] Task<Result<void>> read_posts();
    [[nodiscard]] Task<Result<void>> read_boosted();
    [[nodiscard]] Task<Result<void>> read_accounts();
    [[nodiscard]] Task<Result<void>> read_counts();
    void copy_posts();
    void make_faces();

    Cards& cards_;
    std::vector<PostId> ids_;
    std::vector<CardPtr> formers_;
    std::vector<Marks> marks_;
    std::vector<CardPosts> posts_;  ///< null of those that have a former card
    std::vector<std::shared_ptr<Card>> made_;
    std::vector<std::unique_ptr<Card::Boosted>> boosted_;
};

Task<Result<void>> Cards::Making::read() {
    posts_.resize(ids_.size());
    made_.resize(ids_.size());
    boosted_.resize(ids_.size());
    CO_CHECK(co_await read_posts());
    CO_CHECK(co_await read_boosted());
    copy_posts();
    CO_CHECK(co_await read_accounts());
    CO_CHECK(co_await read_counts());
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        if (boosted_[i]) {
            made_[i]->boosted = std::move(boosted_[i]);
        }
    }
    make_faces();
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_posts() {
    std::vector<PostId> ids;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        if (!formers_[i]) {
            marks_[i].fill(cards_.changes_.of(ids_[i]));
            ids.push_back(ids_[i]);
            places.push_back(i);
        }
    }
    if (ids.empty()) {
        co_return Result<void>();
    }
    CO_TRY(auto posts, co_await cards_.posts_.find_many(std::move(ids)));
    for (std::size_t i = 0; i < posts.size(); ++i) {
        posts_[places[i]].post = std::move(posts[i]);
    }
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_boosted() {
    std::vector<PostId> ids;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < posts_.size(); ++i) {
        if (posts_[i].post && posts_[i].post->is_boost()) {
            marks_[i][1] = cards_.changes_.of(posts_[i].post->boost_of);
            ids.push_back(posts_[i].post->boost_of);
            places.push_back(i);
        }
    }
    if (ids.empty()) {
        co_return Result<void>();
    }
    CO_TRY(auto posts, co_await cards_.posts_.find_many(std::move(ids)));
    for (std::size_t i = 0; i < posts.size(); ++i) {
        posts_[places[i]].boosted = std::move(posts[i]);
    }
    co_return Result<void>();
}

/// The facts of each post, of a former card or of the post itself.
void Cards::Making::copy_posts() {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        const Card* former = formers_[i].get();
        if (former == nullptr && !posts_[i].post) {
            continue;
        }
        made_[i] = std::make_shared<Card>();
        made_[i]->post = former != nullptr ? former->post : *posts_[i].post;
        const social::PostFacts* boosted = posts_[i].boosted.get();
        if (former != nullptr && former->boosted) {
            boosted = &former->boosted->post;
        }
        if (boosted != nullptr) {
            boosted_[i] = std::make_unique<Card::Boosted>();
            boosted_[i]->post = *boosted;
        }
    }
}

Task<Result<void>> Cards::Making::read_accounts() {
    std::vector<AccountId> ids;
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (!made_[i]) {
            continue;
        }
        const social::PostFacts& post = made_[i]->post;
        marks_[i][2] = cards_.changes_.of(post.author);
        marks_[i][3] = marks_[i][2];
        ids.push_back(post.author);
        if (boosted_[i]) {
            marks_[i][3] = cards_.changes_.of(post.boost_of_author);
            ids.push_back(post.boost_of_author);
        }
    }
    CO_TRY(const auto accounts, co_await cards_.accounts_.find_many(ids));
    CO_TRY(const auto counts, co_await cards_.accounts_.counts(std::move(ids)));
    std::size_t next = 0;
    const auto take = [&](auto& of) {
        of.author = accounts[next];
        of.author_standing = of.author ? of.author->standing() : social::Standing::kSuspended;
        of.author_counts = counts[next++];
    };
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (made_[i]) {
            take(*made_[i]);
        }
        if (boosted_[i]) {
            take(*boosted_[i]);
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_counts() {
    std::vector<PostId> ids;
    for (const auto& card : made_) {
        if (card) {
            ids.push_back(card->post.is_boost() ? card->post.boost_of : card->post.id);
        }
    }
    CO_TRY(const auto counts, co_await cards_.posts_.counts(std::move(ids)));
    std::size_t next = 0;
    for (const auto& card : made_) {
        if (card) {
            card->counts = counts[next++];
        }
    }
    co_return Result<void>();
}

void Cards::Making::make_faces() {
    if (cards_.view_ == nullptr) {
        return;
    }
    for (std::size_t i = 0; i < made_.size(); ++i) {
        Card* card = made_[i].get();
        const bool is_whole = card != nullptr && card->author &&
                              (!card->post.is_boost() || (card->boosted && card->boosted->author));
        if (!is_whole) {
            continue;  // nobody sees it
        }
        const Card* former = formers_[i].get();
        if (former == nullptr) {
            card->face = cards_.view_->face_of(*card, posts_[i]);
        } else if (former->face) {
            card->face = cards_.view_->face_like(*card, *former->face);
        }
    }
}

bool Cards::holds(const Marks& marks) const {
    return std::ranges::all_of(marks, [this](ChangeMarks::Mark mark) {
        return changes_.holds(mark);
    });
}

bool Cards::holds_of_posts(const Marks& marks) const {
    return changes_.holds(marks[0]) && changes_.holds(marks[1]);
}

Task<Result<std::vector<CardPtr>>> Cards::find_many(std::vector<PostId> ids) {
    std::vector<CardPtr> cards(ids.size());
    std::vector<std::size_t> missing;
    std::vector<Entry> formers;  // as many; without a card where there is none that is of use
    cache_.find_many(
        ids,
        [&](std::size_t i, const Entry& entry) {
            if (holds(entry.marks)) {
                cards[i] = entry.card;
                return;
            }
            missing.push_back(i);
            formers.push_back(holds_of_posts(entry.marks) ? entry : Entry{});
        },
        [&](std::size_t i, auto /*stamp: entries tell by their marks that they are void*/) {
            missing.push_back(i);
            formers.emplace_back();
        }
    );
    if (missing.empty()) {
        co_return cards;
    }
    Making making(*this);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        Entry& former = formers[i];
        const bool is_of_use =  // without a face its posts are needed
            former.card && (view_ == nullptr || former.card->face);
        making.add(ids[missing[i]], is_of_use ? std::move(former.card) : nullptr, former.marks);
    }
    CO_CHECK(co_await making.read());
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (CardPtr card = making.card(i)) {
            const PostId id = ids[missing[i]];
            cards[missing[i]] = card;
            cache_.insert(id, {std::move(card), making.marks(i)}, cache_.stamp(id));
        }
    }
    co_return cards;
}

Task<Result<std::vector<std::pair<CardPtr, CardPosts>>>> Cards::with_posts(
    std::vector<CardPtr> cards
) {
    std::vector<PostId> ids;
    ids.reserve(cards.size());
    for (const CardPtr& card : cards) {
        ids.push_back(card->post.id);
    }
    for (const CardPtr& card : cards) {
        if (card->post.is_boost()) {
            ids.push_back(card->post.boost_of);
        }
    }
    CO_TRY(auto posts, co_await posts_.find_many(std::move(ids)));
    std::vector<std::pair<CardPtr, CardPosts>> found;
    found.reserve(cards.size());
    std::size_t next_boosted = cards.size();
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const bool is_boost = cards[i]->post.is_boost();
        social::PostPtr boosted = is_boost ? std::move(posts[next_boosted++]) : nullptr;
        if (posts[i] && (!is_boost || boosted)) {
            found.emplace_back(
                std::move(cards[i]), CardPosts{std::move(posts[i]), std::move(boosted)}
            );
        }
    }
    co_return found;
}

void Cards::on_committed(const social::SocialEvent& event) {
    using social::EventType;
    switch (event.type) {
        case EventType::kAccountCreated:
        case EventType::kAccountUpdated:
        case EventType::kAccountSuspended:
            changes_.note(event.actor);
            break;
        case EventType::kFollowed:
        case EventType::kUnfollowed:
            changes_.note(event.actor);
            changes_.note(event.target);
            break;
        case EventType::kFavourited:
        case EventType::kUnfavourited:
        case EventType::kReplyDetached:
            changes_.note(event.post);
            break;
        case EventType::kPostCreated:
        case EventType::kPostEdited:
        case EventType::kPostDeleted:
            changes_.note(event.actor);
            changes_.note(event.post);
            if (event.subject) {
                changes_.note(event.subject);
            }
            if (event.ref != 0) {
                changes_.note(PostId(event.ref));
            }
            break;
        case EventType::kGraphImported:
            changes_.note_all();
            break;
        default:
            break;
    }
}

}  // namespace rookery::feed
