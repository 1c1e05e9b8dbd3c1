#include "social/privacy.h"

#include <algorithm>

namespace rookery::social {

namespace {

bool is_shut_out(const Viewer& viewer, AccountId account, UnixMs now_ms) {
    return viewer.blocks(account) || viewer.mutes(account, now_ms);
}

bool wants_language(const FollowChoice& choice, const PostFacts& post) {
    return choice.languages.empty() || post.language.empty() ||
           std::ranges::find(choice.languages, post.language) != choice.languages.end();
}

/// What a follow brings along, replies aside.
bool comes_with_follow(const Viewer& viewer, const PostFacts& post, const PostFacts* boosted) {
    if (!viewer.follows(post.author)) {
        return false;
    }
    const FollowChoice* choice = viewer.choice_of(post.author);
    if (post.is_boost()) {
        return boosted != nullptr && (choice == nullptr || choice->show_boosts) &&
               !viewer.blocks(boosted->author) && !viewer.is_blocked_by(boosted->author);
    }
    return choice == nullptr || wants_language(*choice, post);
}

bool is_reply_to_others(const Viewer& viewer, const PostFacts& post) {
    return post.is_reply_to_other() && post.in_reply_to_account != viewer.id;
}

bool comes_by_tag(const Viewer& viewer, const PostFacts& post) {
    return post.visibility == Visibility::kPublic && !post.is_boost() &&
           viewer.follows_one_of(post.tags);
}

}  // namespace

bool can_see(const Viewer* viewer, const PostFacts& post, const Account& author) {
    return can_see(viewer, post, author.standing());
}

bool can_see(const Viewer* viewer, const PostFacts& post, Standing of_author) {
    if (of_author == Standing::kSuspended) {
        return false;
    }
    if (viewer != nullptr && viewer->id == post.author) {
        return true;
    }
    switch (post.visibility) {
        case Visibility::kPublic:
        case Visibility::kUnlisted:
            return viewer == nullptr || !viewer->is_blocked_by(post.author);
        case Visibility::kPrivate:
            return viewer != nullptr &&
                   (viewer->follows(post.author) || post.mentions_account(viewer->id));
        case Visibility::kDirect:
            return viewer != nullptr && post.mentions_account(viewer->id);
    }
    return false;
}

bool can_browse(const Viewer* viewer, const Account& owner) {
    return !owner.suspended && (viewer == nullptr || !viewer->is_blocked_by(owner.id));
}

bool can_see_collections(const Viewer* viewer, const Account& owner) {
    const bool is_own = viewer != nullptr && viewer->id == owner.id;
    return can_browse(viewer, owner) && (is_own || !owner.hide_collections);
}

bool wants_in_lists(const Viewer* viewer, const PostFacts& post, UnixMs now_ms) {
    if (viewer == nullptr || viewer->id == post.author) {
        return true;
    }
    if (viewer->is_blocked_by(post.author) || is_shut_out(*viewer, post.author, now_ms)) {
        return false;
    }
    return std::ranges::none_of(post.mentions, [&](const Mention& mention) {
        return is_shut_out(*viewer, mention.account, now_ms);
    });
}

bool belongs_in_home(const Viewer& viewer, const PostFacts& post, const PostFacts* boosted) {
    if (viewer.id == post.author) {
        return true;
    }
    const bool by_follow =
        !viewer.sets_apart(post.author) && comes_with_follow(viewer, post, boosted) &&
        (!is_reply_to_others(viewer, post) || viewer.follows(post.in_reply_to_account));
    return by_follow || comes_by_tag(viewer, post);
}

bool belongs_in_list(
    const Viewer& viewer,
    const ListFeed& list,
    const PostFacts& post,
    const PostFacts* boosted
) {
    const bool is_own = viewer.id == post.author;
    if (!list.has(post.author) || (!is_own && !comes_with_follow(viewer, post, boosted))) {
        return false;
    }
    if (!is_reply_to_others(viewer, post)) {
        return true;
    }
    switch (list.replies) {
        case RepliesPolicy::kFollowed:
            return is_own || viewer.follows(post.in_reply_to_account);
        case RepliesPolicy::kList:
            return list.has(post.in_reply_to_account);
        case RepliesPolicy::kNone:
            return false;
    }
    return false;
}

bool can_boost(AccountId actor, const PostFacts& post) {
    switch (post.visibility) {
        case Visibility::kPublic:
        case Visibility::kUnlisted:
            return true;
        case Visibility::kPrivate:
            return actor == post.author;
        case Visibility::kDirect:
            return false;
    }
    return false;
}

}  // namespace rookery::social
