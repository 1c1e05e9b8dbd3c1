#pragma once

#include "base/sharded_cache.h"
#include "base/task.h"
#include "feed/card.h"
#include "feed/change_marks.h"
#include "social/accounts.h"
#include "social/event.h"
#include "social/posts.h"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace rookery::feed {

/// Cards of the posts that are read, so that a page takes one look-up a post and not one for each
/// fact. Never older than the last acknowledged change of any of them. Thread-safe.
class Cards {
public:
    /// Both must outlive it. A card takes about 300 bytes beside its face.
    Cards(
        social::Accounts& accounts,
        social::Posts& posts,
        std::size_t cards_max = std::size_t{600'000}
    )
        : accounts_(accounts), posts_(posts), cache_(cards_max) {}

    /// In the order of `ids`; null where there is none (any more).
    [[nodiscard]] Task<Result<std::vector<CardPtr>>> find_many(std::vector<PostId> ids);

    /// The posts of cards that were just found, whole, with the cards, in their order. A post that
    /// has changed meanwhile comes as it is now; those that are gone drop out.
    [[nodiscard]] Task<Result<std::vector<std::pair<CardPtr, CardPosts>>>> with_posts(
        std::vector<CardPtr> cards
    );

    /// Whoever makes the faces, and outlives the last call of find_many(); null: nobody. To be set
    /// before the first card is made.
    void show_with(CardView* view) { view_ = view; }

    /// Called for every committed event, after the same call of accounts and posts.
    void on_committed(const social::SocialEvent& event);

private:
    /// Of all that a card is made of. What it is not made of repeats the first.
    using Marks = std::array<ChangeMarks::Mark, 4>;

    struct Entry {
        CardPtr card;
        Marks marks;
    };

    class Making;

    [[nodiscard]] bool holds(const Marks& marks) const;
    /// Of the posts alone, not of who wrote them.
    [[nodiscard]] bool holds_of_posts(const Marks& marks) const;

    social::Accounts& accounts_;
    social::Posts& posts_;
    CardView* view_ = nullptr;
    ChangeMarks changes_;
    ShardedCache<PostId, Entry> cache_;
};

}  // namespace rookery::feed
