#pragma once

#include "feed/card.h"

#include <vector>

namespace rookery::feed {

/// One line of a page, already filtered for its reader.
struct Item {
    social::PostPtr post;
    social::AccountPtr author;
    social::PostPtr boosted;            ///< null if the post is no boost
    social::AccountPtr boosted_author;  ///< null if the post is no boost
    /// The same with the counts, as it was when the page was made; null where an item is put
    /// together of what is at hand, or where what is counted may have changed since.
    CardPtr card;
};

/// Newest first. The ids of the first and the last post are the page's cursors.
using Page = std::vector<Item>;

}  // namespace rookery::feed
