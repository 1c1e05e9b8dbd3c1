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
#include <vector>

namespace rookery::feed {

/// Cards of the posts that are read, so that a page takes one look-up a post and not one for each
/// fact. Never older than the last acknowledged change of any of them. Thread-safe.
class Cards {
public:
    /// Both must outlive it. A card takes about 300 bytes beside what it shares with others.
    Cards(
        social::Accounts& accounts,
        social::Posts& posts,
        std::size_t cards_max = std::size_t{200'000}
    )
        : accounts_(accounts), posts_(posts), cache_(cards_max) {}

    /// In the order of `ids`; null where there is none (any more).
    [[nodiscard]] Task<Result<std::vector<CardPtr>>> find_many(std::vector<PostId> ids);

    /// Called for every committed event, after the same call of accounts and posts.
    void on_committed(const social::SocialEvent& event);

private:
    /// Of all that a card is made of. What it is not made of repeats the first.
    using Marks = std::array<ChangeMarks::Mark, 4>;

    struct Entry {
        CardPtr card;
        Marks marks;

        [[nodiscard]] const Card* get() const { return card.get(); }
    };

    class Making;

    [[nodiscard]] bool holds(const Marks& marks) const;

    social::Accounts& accounts_;
    social::Posts& posts_;
    ChangeMarks changes_;
    ShardedCache<PostId, Entry> cache_;
};

}  // namespace rookery::feed
