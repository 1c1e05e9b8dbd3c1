#include "social/viewers.h"

#include <algorithm>
#include <cstddef>

namespace rookery::social {

namespace {

/// The edge to `account` in a vector sorted by account; null if there is none. Halves without a
/// branch, which could not be foreseen: every post of every page is looked for so.
template <class Edge>
const Edge* find_edge(const std::vector<Edge>& edges, AccountId account) {
    const Edge* first = edges.data();
    for (std::size_t count = edges.size(); count > 1;) {
        const std::size_t half = count / 2;
        first = first[half].account <= account ? first + half : first;
        count -= half;
    }
    return !edges.empty() && first->account == account ? first : nullptr;
}

}  // namespace

const FollowEdge* Viewer::follow_of(AccountId account) const {
    return find_edge(following, account);
}

const FollowChoice* Viewer::choice_of(AccountId account) const {
    return find_edge(choices, account);
}

bool Viewer::blocks(AccountId account) const {
    return std::ranges::binary_search(blocking, account);
}

bool Viewer::is_blocked_by(AccountId account) const {
    return std::ranges::binary_search(blocked_by, account);
}

bool Viewer::mutes(AccountId account, UnixMs now_ms) const {
    const MuteEdge* mute = find_edge(muting, account);
    return mute != nullptr && (mute->expires_at_ms == 0 || mute->expires_at_ms > now_ms);
}

bool Viewer::mutes_thread(PostId thread) const {
    return std::ranges::binary_search(muted_threads, thread);
}

bool Viewer::sets_apart(AccountId account) const {
    return std::ranges::binary_search(set_apart, account);
}

bool Viewer::follows_one_of(const std::vector<std::string>& tags_of_post) const {
    return !tags.empty() && std::ranges::any_of(tags_of_post, [this](const std::string& tag) {
        return std::ranges::binary_search(tags, tag);
    });
}

}  // namespace rookery::social
