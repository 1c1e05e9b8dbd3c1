#pragma once

#include "ports/store.h"
#include "social/post.h"

namespace rookery::social {

/// Which rows and counts a post makes: written when it appears, replaced when it changes, erased
/// when it goes, always as one. Public and tag timelines hold what is public (the public one no
/// boosts and no replies to others); a thread holds no boosts; direct posts count nowhere, and only
/// replies that everybody may see count as replies of their parent.

/// The post that `post` replies to or boosts, on whose counts it bears; none: 0.
[[nodiscard]] inline PostId related_post(const Post& post) {
    return post.is_boost() ? post.boost_of : post.in_reply_to;
}

[[nodiscard]] ports::Key post_key(PostId id);
[[nodiscard]] ports::Key post_counters_key(PostId id);

/// `related_exists`: related_post() is stored; the batch then expects that it still is, because a
/// count must not outlive its post.
void put_post(ports::Batch& batch, const Post& post, bool related_exists);
/// For Store::load, which takes no preconditions: the related post is known to be there.
void load_post(ports::Batch& batch, const Post& post);
void replace_post(ports::Batch& batch, const Post& before, const Post& after, bool related_exists);
void erase_post(ports::Batch& batch, const Post& post, bool related_exists);

}  // namespace rookery::social
