#pragma once

#include "feed/card.h"

#include <vector>

namespace rookery::feed {

/// A page as it is shown: already filtered for its reader, newest first. The ids of the first and
/// the last post are the page's cursors.
using CardPage = std::vector<CardPtr>;

/// One line of a page with its posts whole, for those who do more than show it.
struct Item {
    social::PostPtr post;
    social::AccountPtr author;
    social::PostPtr boosted;            ///< null if the post is no boost
    social::AccountPtr boosted_author;  ///< null if the post is no boost
    /// The same with the counts, as it was when the page was made; null where an item is put
    /// together of what is at hand, or where what is counted may have changed since.
    CardPtr card;
};
using Page = std::vector<Item>;

}  // namespace rookery::feed
