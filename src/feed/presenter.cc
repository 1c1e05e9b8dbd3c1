#include "feed/presenter.h"

#include "social/privacy.h"

#include <algorithm>

namespace rookery::feed {

namespace {

bool may_show(const Item& item, const PageRules& rules) {
    const social::Viewer* viewer = rules.viewer.get();
    if (item.post->id > rules.horizon || !item.author ||
        !social::can_see(viewer, *item.post, *item.author)) {
        return false;
    }
    if (rules.wanted && !social::wants_in_lists(viewer, *item.post, rules.now_ms)) {
        return false;
    }
    if (item.post->is_boost()) {
        if (!item.boosted || !item.boosted_author ||
            !social::can_see(viewer, *item.boosted, *item.boosted_author)) {
            return false;
        }
        if (rules.wanted && !social::wants_in_lists(viewer, *item.boosted, rules.now_ms)) {
            return false;
        }
    }
    if (rules.home && !social::belongs_in_home(*viewer, *item.post, item.boosted.get())) {
        return false;
    }
    return !rules.accepts || rules.accepts(item);
}

}  // namespace

Task<Result<Page>> Presenter::present(std::vector<std::uint64_t> ids, PageRules rules) {
    std::vector<PostId> post_ids;
    post_ids.reserve(ids.size());
    for (const std::uint64_t id : ids) {
        post_ids.emplace_back(id);
    }
    CO_TRY(auto cards, co_await cards_.find_many(std::move(post_ids)));
    for (const CardPtr& card : cards) {
        if (card) {
            card->fetch_ahead();
        }
    }

    Page page;
    page.reserve(cards.size());
    for (CardPtr& card : cards) {
        if (!card) {
            continue;
        }
        Item item{card->post, card->author, card->boosted, card->boosted_author, std::move(card)};
        if (may_show(item, rules)) {
            page.push_back(std::move(item));
        }
    }
    co_return page;
}

}  // namespace rookery::feed
