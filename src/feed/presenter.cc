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
    CO_TRY(const auto posts, co_await posts_.find_many(std::move(post_ids)));

    std::vector<PostId> boosted_ids;
    std::vector<AccountId> account_ids;
    account_ids.reserve(posts.size() + 4);
    for (const social::PostPtr& post : posts) {
        if (post) {
            account_ids.push_back(post->author);
            if (post->is_boost()) {
                boosted_ids.push_back(post->boost_of);
                account_ids.push_back(post->boost_of_author);
            }
        }
    }
    std::vector<social::PostPtr> boosted_posts;
    if (!boosted_ids.empty()) {
        CO_TRY(boosted_posts, co_await posts_.find_many(std::move(boosted_ids)));
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(std::move(account_ids)));

    Page page;
    page.reserve(posts.size());
    auto next_boosted = boosted_posts.begin();
    auto next_account = accounts.begin();
    for (const social::PostPtr& post : posts) {
        if (!post) {
            continue;
        }
        Item item{.post = post, .author = *next_account++};
        if (post->is_boost()) {
            item.boosted = *next_boosted++;
            item.boosted_author = *next_account++;
        }
        if (may_show(item, rules)) {
            page.push_back(std::move(item));
        }
    }
    co_return page;
}

}  // namespace rookery::feed
