#include "api/mastodon/errors.h"
#include "api/mastodon/html_page.h"
#include "api/mastodon/page_views.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/public_subject.h"
#include "api/mastodon/resources.h"
#include "api/mastodon/rules.h"
#include "api/mastodon/status_text.h"
#include "api/mastodon/web_session.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kPosts = 20;

Task<Result<std::vector<social::PostCounts>>> counts_of(Call call, std::vector<PostId> ids) {
    auto counts = co_await call.services().posts.counts(std::move(ids));
    co_return counts;
}

/// The cards of a page of posts and the link to the next.
Task<Result<std::string>> cards_of(Call call, feed::CardPage found, std::string path) {
    std::vector<PostId> shown;
    for (const feed::CardPtr& card : found) {
        shown.push_back(card->post.id);
    }
    CO_TRY(
        const auto page,
        co_await call.services().timelines.present_whole({}, std::move(shown), false)
    );
    std::vector<PostId> ids;
    ids.reserve(page.size());
    for (const feed::Item& item : page) {
        ids.push_back(counted_id(item));
    }
    CO_TRY(const auto counts, co_await counts_of(call, std::move(ids)));
    const PostId last = found.size() < kPosts ? PostId{} : found.back()->post.id;
    std::string html = post_cards(call.api.config, page, counts) + older_link(path, last);
    co_return html;
}

Result<social::PageRequest> page_of(const Call& call) {
    TRY(auto page, parse_page(call, kStatusPage));
    page.limit = kPosts;
    return page;
}

std::string account_corner(const Visitor& visitor, const ApiConfig& config) {
    if (visitor.signed_in()) {
        return fmt::format(
            R"(<p>You are signed in as <a href="/@{0}"><strong>@{0}</strong></a> · <a href="/auth/sessions">your sessions</a> · <a href="/auth/sign_out">sign out</a></p>
)",
            visitor.account->username
        );
    }
    const std::string_view sign_up =
        config.registrations_open ? R"(<a class="button" href="/auth/sign_up">Make an account</a>)"
                                  : "";
    return fmt::format(
        R"(<div class="buttons">{}<a class="button quiet" href="/auth/sign_in">Sign in</a></div>
)",
        sign_up
    );
}

Task<Result<http::Response>> landing(Call call) {
    const ApiConfig& config = call.api.config;
    CO_TRY(const auto visitor, co_await visitor_of(call));
    CO_TRY(const auto page, page_of(call));
    CO_TRY(
        auto posts,
        co_await call.services().timelines.public_posts(social::ViewerPtr{}, false, page)
    );
    CO_TRY(const auto cards, co_await cards_of(call, std::move(posts), "/"));
    co_return html_response(
        {.title = config.title,
         .main = fmt::format(
             R"(<h1>{}</h1>
{}
{}<h2>Use your app</h2>
<p>This server speaks the Mastodon client API: any Mastodon app works. When the app asks for a server, type <code>{}</code>.</p>
<p class="faint"><a href="/about">About and rules</a> · <a href="/privacy-policy">Privacy policy</a></p>
<h2>Newest posts</h2>
{})",
             html_escape(config.title),
             description_html(config),
             account_corner(visitor, config),
             html_escape(config.host()),
             cards.empty() ? "<p class=\"faint\">Nobody has said anything yet.</p>" : cards
         ),
         .head = fmt::format(
             "<meta name=\"description\" content=\"{}\">\n", html_escape(config.description)
         )}
    );
}

std::string robots_tag(const social::Account& account) {
    return account.indexable ? "" : "<meta name=\"robots\" content=\"noindex\">\n";
}

Task<Result<http::Response>> profile(Call call) {
    const ApiConfig& config = call.api.config;
    if (!is_somebodys(call)) {
        co_return not_found_response(*call.request);
    }
    CO_TRY(const auto account, co_await account_of_path(call));
    CO_TRY(const auto page, page_of(call));
    std::vector<AccountId> one{account->id};
    CO_TRY(const auto counts, co_await call.services().accounts.counts(std::move(one)));
    CO_TRY(
        auto posts,
        co_await call.services().timelines.account_posts(
            social::ViewerPtr{}, account, feed::AccountQuery{}, page
        )
    );
    CO_TRY(const auto cards, co_await cards_of(call, std::move(posts), "/@" + account->username));
    co_return html_response(
        {.title = fmt::format("@{} · {}", account->username, config.title),
         .main = profile_top(config, *account, counts.front()) +
                 (cards.empty() ? "<p class=\"faint\">No public posts.</p>" : cards),
         .head = fmt::format(
             "<meta name=\"description\" content=\"{}\">\n{}",
             html_escape(excerpt(account->note, 200)),
             robots_tag(*account)
         )}
    );
}

/// Posts as items, each with its author; those without one drop out.
Task<Result<feed::Page>> items_of(Call call, std::vector<social::PostPtr> posts) {
    std::vector<AccountId> authors;
    for (const social::PostPtr& post : posts) {
        authors.push_back(post->author);
    }
    CO_TRY(const auto accounts, co_await call.services().accounts.find_many(std::move(authors)));
    feed::Page items;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (accounts[i]) {
            items.push_back({posts[i], accounts[i], nullptr, nullptr});
        }
    }
    co_return items;
}

/// A post among what was said before and after it.
Task<Result<http::Response>> post_page(Call call) {
    const ApiConfig& config = call.api.config;
    if (!is_somebodys(call)) {
        co_return not_found_response(*call.request);
    }
    CO_TRY(const auto account, co_await account_of_path(call));
    CO_TRY(const auto post, co_await post_of_path(call, account));
    CO_TRY(auto thread, co_await call.services().threads.context(post, social::ViewerPtr{}));
    std::vector<social::PostPtr> all = std::move(thread.ancestors);
    all.push_back(post);
    all.insert(all.end(), thread.descendants.begin(), thread.descendants.end());
    CO_TRY(const auto items, co_await items_of(call, std::move(all)));
    std::vector<PostId> ids;
    for (const feed::Item& item : items) {
        ids.push_back(item.post->id);
    }
    CO_TRY(const auto counts, co_await counts_of(call, std::move(ids)));
    std::string cards;
    std::unordered_map<PostId, int> depths;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const social::Post& shown = *items[i].post;
        const auto parent = depths.find(shown.in_reply_to);
        const bool focused = shown.id == post->id;
        const int depth = parent == depths.end() ? 0 : parent->second + 1;
        if (focused || parent != depths.end()) {
            depths[shown.id] = focused ? 0 : depth;
        }
        cards += post_card(config, items[i], counts[i], {focused, focused ? 0 : depth});
    }
    const std::string title = post->spoiler_text.empty() ? post->text : post->spoiler_text;
    co_return html_response(
        {.title = fmt::format("@{}: {}", account->username, excerpt(title, 80)),
         .main = cards,
         .head = fmt::format(
             "<meta name=\"description\" content=\"{}\">\n{}<link rel=\"canonical\" href=\"{}\">\n",
             html_escape(excerpt(title, 200)),
             robots_tag(*account),
             html_escape(status_url(config, *post, *account))
         )}
    );
}

Task<Result<http::Response>> tag_page(Call call) {
    const std::string& tag = call.request->path_args.at(0);
    CO_TRY(const auto page, page_of(call));
    feed::TagQuery query;
    query.tag = tag;
    CO_TRY(
        auto posts,
        co_await call.services().timelines.tag_posts(social::ViewerPtr{}, std::move(query), page)
    );
    CO_TRY(
        const auto cards, co_await cards_of(call, std::move(posts), "/tags/" + percent_encode(tag))
    );
    co_return html_response(
        {.title = fmt::format("#{} · {}", tag, call.api.config.title),
         .main = fmt::format(
             "<h1>#{}</h1>\n{}",
             html_escape(tag),
             cards.empty() ? "<p class=\"faint\">No public posts with this hashtag.</p>" : cards
         ),
         .head = {}}
    );
}

constexpr auto kGet = http::Method::kGet;
constexpr auto kGeneral = RateClass::kGeneral;
constexpr auto kPage = ErrorForm::kPage;
constexpr Route kRoutes[] = {
    {kGet, "/", Auth::kNone, "", landing, kGeneral, kPage},
    {kGet, "/:handle", Auth::kNone, "", profile, kGeneral, kPage},
    {kGet, "/:handle/:id", Auth::kNone, "", post_page, kGeneral, kPage},
    {kGet, "/tags/:tag", Auth::kNone, "", tag_page, kGeneral, kPage},
};

}  // namespace

Routes page_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
