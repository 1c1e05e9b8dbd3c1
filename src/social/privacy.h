#pragma once

#include "social/account.h"
#include "social/lists.h"
#include "social/post.h"
#include "social/viewers.h"

/// The one place where privacy is decided. Every path out asks here: page, thread, search, stream,
/// notification, push, export, count. Pure functions of what they are given.
namespace rookery::social {

/// May `viewer` (null: signed out) see this post at all? `author` is the post's author. For a boost
/// ask twice: for the boost and for what it boosts. A post's author and the people it mentions may,
/// but nobody may see posts of a suspended account.
[[nodiscard]] bool can_see(const Viewer* viewer, const PostFacts& post, const Account& author);
/// The same for those who have noted nothing of the author but that.
[[nodiscard]] bool can_see(const Viewer* viewer, const PostFacts& post, Standing of_author);

/// May `viewer` (null: signed out) browse the posts on the profile of `owner`? Which of them is
/// can_see()'s business. Not if `owner` blocks them or is suspended.
[[nodiscard]] bool can_browse(const Viewer* viewer, const Account& owner);

/// May `viewer` (null: signed out) see whom `owner` follows and who follows them?
[[nodiscard]] bool can_see_collections(const Viewer* viewer, const Account& owner);

/// Does `viewer` want this post in lists (timelines, threads, streams, notifications)? False if
/// they block, are blocked by or mute its author, or block or mute someone it mentions.
[[nodiscard]] bool wants_in_lists(const Viewer* viewer, const PostFacts& post, UnixMs now_ms);

/// The rules of the home feed beyond can_see and wants_in_lists. What the viewer posts or boosts
/// always belongs. So does what comes with a follow, unless an exclusive list sets the author
/// apart: a reply only if it is to the viewer, to the author themself or to someone followed; a
/// boost only if boosts of that follow are shown and neither the viewer nor the boosted author
/// blocks the other; a language only if wanted (a boost has none of its own). And so does, whoever
/// wrote it, a public post with a hashtag that the viewer follows; a boost of it does not.
/// `boosted` is what the post boosts: null if it is no boost, or if that post is gone, which hides
/// the boost. can_see and wants_in_lists must be asked about the boosted post, too.
[[nodiscard]] bool
belongs_in_home(const Viewer& viewer, const PostFacts& post, const PostFacts* boosted);

/// The same for the timeline of one of the viewer's lists: what its members post, by the rules of a
/// follow, but replies by the list's policy. Replies to the viewer and to the author themself
/// belong under each policy.
[[nodiscard]] bool belongs_in_list(
    const Viewer& viewer,
    const ListFeed& list,
    const PostFacts& post,
    const PostFacts* boosted
);

/// Who may boost: public and unlisted by anyone who sees them, private by its author only.
[[nodiscard]] bool can_boost(AccountId actor, const PostFacts& post);

}  // namespace rookery::social
