#include "feed/cards.h"

#include "feed/cards_making.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

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
        },
        [this](const Entry& entry) {
            __builtin_prefetch(entry.card.get(), 1);  // its count of references stands before it
            entry.card->fetch_ahead();
            for (const ChangeMarks::Mark mark : entry.marks) {
                changes_.fetch_ahead(mark);
            }
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
