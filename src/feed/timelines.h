#pragma once

#include "base/task.h"
#include "feed/drop_rate.h"
#include "feed/item.h"
#include "feed/presenter.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/paging.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <string>
#include <vector>

namespace rookery::feed {

struct TagQuery {
    std::string tag;                ///< in lower case, without '#'; so are the others
    std::vector<std::string> any;   ///< or one of these
    std::vector<std::string> all;   ///< and all of these
    std::vector<std::string> none;  ///< and none of these
};

struct AccountQuery {
    bool exclude_replies = false;  ///< replies to others; self-replies stay
    bool exclude_boosts = false;
    bool only_media = false;
    std::string tag;  ///< in lower case; empty: any
};

/// The timelines that are slices of a stored index: public, hashtag, one account's posts. A page is
/// filled after filtering, so that a short page means the end. `viewer` is null for those who are
/// not signed in. Thread-safe.
class Timelines {
public:
    Timelines(social::Environment environment, Cards& cards, const social::PostSequence& sequence);

    [[nodiscard]] Task<Result<CardPage>>
    public_posts(social::ViewerPtr viewer, bool only_media, social::PageRequest page);
    [[nodiscard]] Task<Result<CardPage>>
    tag_posts(social::ViewerPtr viewer, TagQuery query, social::PageRequest page);
    [[nodiscard]] Task<Result<CardPage>> account_posts(
        social::ViewerPtr viewer,
        social::AccountPtr account,
        AccountQuery query,
        social::PageRequest page
    );

    /// Turns ids into what `viewer` may see of them, in their order; what is gone, invisible or
    /// (with `only_wanted`) from somebody blocked or muted drops out.
    [[nodiscard]] Task<Result<CardPage>>
    present(social::ViewerPtr viewer, std::vector<PostId> ids, bool only_wanted);
    /// The same with the posts whole, for those who do more than show them.
    [[nodiscard]] Task<Result<Page>>
    present_whole(social::ViewerPtr viewer, std::vector<PostId> ids, bool only_wanted);

private:
    [[nodiscard]] PageRules rules_for(social::ViewerPtr viewer) const;
    [[nodiscard]] PageRules rules_for(social::ViewerPtr viewer, bool only_wanted) const;
    [[nodiscard]] Task<Result<CardPage>>
    collect(IdStream* stream, PageRules rules, social::PageRequest request);

    social::Environment environment_;
    Cards& cards_;
    const social::PostSequence& sequence_;
    DropRate drops_;
};

}  // namespace rookery::feed
