#pragma once

#include "api/mastodon/api_config.h"
#include "feed/item.h"
#include "social/account.h"
#include "social/posts.h"

#include <string>
#include <string_view>
#include <vector>

/// Accounts and posts as HTML, for our own pages. What people typed is either escaped here or was
/// made safe when it was written (social/text/render.h).
namespace rookery::api::mastodon {

/// Where a card stands in a thread.
struct CardPlace {
    bool focused = false;  ///< the post that the page is about
    int depth = 0;         ///< how far below it; deep ones are moved no further to the right
};

/// A post as a card.
[[nodiscard]] std::string post_card(
    const ApiConfig& config,
    const feed::Item& item,
    const social::PostCounts& counts,
    CardPlace place = {}
);

/// Cards one after another; `counts` are those of each item's post, or of what it boosts.
[[nodiscard]] std::string post_cards(
    const ApiConfig& config,
    const feed::Page& page,
    const std::vector<social::PostCounts>& counts
);

/// The top of a profile.
[[nodiscard]] std::string profile_top(
    const ApiConfig& config,
    const social::Account& account,
    const social::AccountCounts& counts
);

/// The id whose counts a card shows.
[[nodiscard]] PostId counted_id(const feed::Item& item);

/// A link to the next page, or nothing if `last` is 0.
[[nodiscard]] std::string older_link(std::string_view path, PostId last);

/// The text's beginning without line breaks, for titles.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t bytes_max);

}  // namespace rookery::api::mastodon
