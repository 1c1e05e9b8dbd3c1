#include "feed/presenter.h"

#include "social/privacy.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

namespace {

bool may_show(const social::PostFacts& post, social::Standing author, const PageRules& rules) {
    const social::Viewer* viewer = rules.viewer.get();
    return social::can_see(viewer, post, author) &&
           (!rules.wanted || social::wants_in_lists(viewer, post, rules.now_ms));
}

/// `post` and `boosted` (null: none, or gone) are those of the card, or newer ones.
bool may_show(
    const Card& card,
    const social::PostFacts& post,
    const social::PostFacts* boosted,
    const PageRules& rules
) {
    if (post.id > rules.horizon || !may_show(post, card.author_standing, rules)) {
        return false;
    }
    if (post.is_boost()) {
        if (boosted == nullptr || !card.boosted ||
            !may_show(*boosted, card.boosted->author_standing, rules)) {
            return false;
        }
    }
    if (rules.home && !social::belongs_in_home(*rules.viewer, post, boosted)) {
        return false;
    }
    return !rules.accepts || rules.accepts(card);
}

}  // namespace

Task<Result<CardPage>> Presenter::present(std::vector<std::uint64_t> ids, PageRules rules) {
    std::vector<PostId> post_ids;
    post_ids.reserve(ids.size());
    for (const std::uint64_t id : ids) {
        post_ids.emplace_back(id);
    }
    CO_TRY(auto cards, co_await cards_.find_many(std::move(post_ids)));
    for (const CardPtr& card : cards) {
        if (card) {
            card->fetch_face_ahead();
        }
    }
    std::erase_if(cards, [&rules](const CardPtr& card) {
        return !card ||
               !may_show(*card, card->post, card->boosted ? &card->boosted->post : nullptr, rules);
    });
    co_return cards;
}

Task<Result<Page>> Presenter::present_whole(std::vector<std::uint64_t> ids, PageRules rules) {
    CO_TRY(auto cards, co_await present(std::move(ids), rules));
    CO_TRY(auto found, co_await cards_.with_posts(std::move(cards)));
    Page page;
    page.reserve(found.size());
    for (auto& [card, posts] : found) {
        if (may_show(*card, *posts.post, posts.boosted.get(), rules)) {
            social::AccountPtr boosted_author = card->boosted ? card->boosted->author : nullptr;
            page.push_back(
                {std::move(posts.post),
                 card->author,
                 std::move(posts.boosted),
                 std::move(boosted_author),
                 std::move(card)}
            );
        }
    }
    co_return page;
}

}  // namespace rookery::feed
