#include "feed/cards_making.h"

namespace rookery::feed {

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

/// What is counted changes with the post's mark: a former card has it right.
Task<Result<void>> Cards::Making::read_counts() {
    std::vector<PostId> ids;
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (made_[i] && formers_[i]) {
            made_[i]->counts = formers_[i]->counts;
        } else if (made_[i]) {
            ids.push_back(made_[i]->post.is_boost() ? made_[i]->post.boost_of : made_[i]->post.id);
        }
    }
    if (ids.empty()) {
        co_return Result<void>();
    }
    CO_TRY(const auto counts, co_await cards_.posts_.counts(std::move(ids)));
    std::size_t next = 0;
    for (std::size_t i = 0; i < made_.size(); ++i) {
        if (made_[i] && !formers_[i]) {
            made_[i]->counts = counts[next++];
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

}  // namespace rookery::feed
