#include "feed/cards.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

/// Cards that are being made, some at a time: whatever they need of one kind is asked for at once.
/// Marks are taken before what they stand for is read.
class Cards::Making {
public:
    Making(Cards& cards, std::vector<PostId> ids) : cards_(cards), ids_(std::move(ids)) {}

    [[nodiscard]] Task<Result<void>> read();

    /// The card of the id at `place`; null if there is no such post.
    [[nodiscard]] CardPtr card(std::size_t place) const { return made_[place]; }
    [[nodiscard]] const Marks& marks(std::size_t place) const { return marks_[place]; }

private:
    [[nodiscard]] Task<Result<void>> read_posts();
    [[nodiscard]] Task<Result<void>> read_boosted();
    [[nodiscard]] Task<Result<void>> read_accounts();
    [[nodiscard]] Task<Result<void>> read_counts();

    Cards& cards_;
    std::vector<PostId> ids_;
    std::vector<Marks> marks_;
    std::vector<std::shared_ptr<Card>> made_;
};

Task<Result<void>> Cards::Making::read() {
    CO_CHECK(co_await read_posts());
    CO_CHECK(co_await read_boosted());
    CO_CHECK(co_await read_accounts());
    CO_CHECK(co_await read_counts());
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_posts() {
    marks_.reserve(ids_.size());
    for (const PostId id : ids_) {
        Marks marks;
        marks.fill(cards_.changes_.of(id));
        marks_.push_back(marks);
    }
    CO_TRY(auto posts, co_await cards_.posts_.find_many(ids_));
    made_.resize(ids_.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (posts[i]) {
            made_[i] = std::make_shared<Card>();
            made_[i]->post = std::move(posts[i]);
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_boosted() {
    std::vector<PostId> ids;
    std::vector<Card*> boosts;
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (made_[i] && made_[i]->post->is_boost()) {
            marks_[i][1] = cards_.changes_.of(made_[i]->post->boost_of);
            ids.push_back(made_[i]->post->boost_of);
            boosts.push_back(made_[i].get());
        }
    }
    if (ids.empty()) {
        co_return Result<void>();
    }
    CO_TRY(auto posts, co_await cards_.posts_.find_many(std::move(ids)));
    for (std::size_t i = 0; i < boosts.size(); ++i) {
        boosts[i]->boosted = std::move(posts[i]);
    }
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_accounts() {
    std::vector<AccountId> ids;
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (!made_[i]) {
            continue;
        }
        const social::Post& post = *made_[i]->post;
        marks_[i][2] = cards_.changes_.of(post.author);
        ids.push_back(post.author);
        if (post.is_boost()) {
            marks_[i][3] = cards_.changes_.of(post.boost_of_author);
            ids.push_back(post.boost_of_author);
        }
    }
    CO_TRY(const auto accounts, co_await cards_.accounts_.find_many(ids));
    CO_TRY(const auto counts, co_await cards_.accounts_.counts(std::move(ids)));
    std::size_t next = 0;
    for (const auto& card : made_) {
        if (!card) {
            continue;
        }
        card->author = accounts[next];
        card->author_counts = counts[next++];
        if (card->post->is_boost()) {
            card->boosted_author = accounts[next];
            card->boosted_author_counts = counts[next++];
        }
    }
    co_return Result<void>();
}

Task<Result<void>> Cards::Making::read_counts() {
    std::vector<PostId> ids;
    for (const auto& card : made_) {
        if (card) {
            ids.push_back(card->post->is_boost() ? card->post->boost_of : card->post->id);
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

bool Cards::holds(const Marks& marks) const {
    return std::ranges::all_of(marks, [this](ChangeMarks::Mark mark) {
        return changes_.holds(mark);
    });
}

Task<Result<std::vector<CardPtr>>> Cards::find_many(std::vector<PostId> ids) {
    std::vector<CardPtr> cards(ids.size());
    std::vector<PostId> missing;
    std::vector<std::size_t> places;
    const auto miss = [&](std::size_t i) {
        missing.push_back(ids[i]);
        places.push_back(i);
    };
    cache_.find_many(
        ids,
        [&](std::size_t i, const Entry& entry) {
            if (holds(entry.marks)) {
                cards[i] = entry.card;
            } else {
                miss(i);
            }
        },
        [&](std::size_t i, auto /*stamp: entries tell by their marks that they are void*/) {
            miss(i);
        }
    );
    if (missing.empty()) {
        co_return cards;
    }
    Making making(*this, missing);
    CO_CHECK(co_await making.read());
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (CardPtr card = making.card(i)) {
            cards[places[i]] = card;
            cache_.insert(missing[i], {std::move(card), making.marks(i)}, cache_.stamp(missing[i]));
        }
    }
    co_return cards;
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
