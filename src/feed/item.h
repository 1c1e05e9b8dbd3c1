#pragma once

#include "social/account.h"
#include "social/post.h"

#include <vector>

namespace rookery::feed {

/// One line of a page, already filtered for its reader: everything a view needs but counts and
/// marks.
struct Item {
    social::PostPtr post;
    social::AccountPtr author;
    social::PostPtr boosted;            ///< null if the post is no boost
    social::AccountPtr boosted_author;  ///< null if the post is no boost
};

/// Newest first. The ids of the first and the last post are the page's cursors.
using Page = std::vector<Item>;

}  // namespace rookery::feed
