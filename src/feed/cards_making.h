#pragma once

#include "feed/cards.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

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

}  // namespace rookery::feed
