#include "sim/feed_model.h"

#include <algorithm>

namespace rookery::sim {

using social::Visibility;

bool FeedModel::has(
    const std::map<std::uint64_t, std::set<std::uint64_t>>& edges,
    std::uint64_t from,
    std::uint64_t to
) const {
    const auto found = edges.find(from);
    return found != edges.end() && found->second.contains(to);
}

void FeedModel::unfollow(std::uint64_t actor, std::uint64_t target) {
    follows[actor].erase(target);
    for (List& list : lists) {
        if (list.owner == actor) {
            list.members.erase(target);
        }
    }
}

void FeedModel::block(std::uint64_t actor, std::uint64_t target) {
    blocks[actor].insert(target);
    unfollow(actor, target);
    unfollow(target, actor);
}

void FeedModel::remove(std::uint64_t post) {
    posts.erase(post);
    std::erase_if(posts, [post](const auto& entry) { return entry.second.boost_of == post; });
}

bool FeedModel::can_see(std::uint64_t reader, const Post& post) const {
    if (suspended.contains(post.author)) {
        return false;
    }
    if (post.author == reader) {
        return true;
    }
    switch (post.visibility) {
        case Visibility::kPublic:
        case Visibility::kUnlisted:
            return !has(blocks, post.author, reader);
        case Visibility::kPrivate:
            return has(follows, reader, post.author) || post.mentions.contains(reader);
        case Visibility::kDirect:
            return post.mentions.contains(reader);
    }
    return false;
}

bool FeedModel::wants(std::uint64_t reader, const Post& post) const {
    if (post.author == reader) {
        return true;
    }
    const auto unwanted = [&](std::uint64_t who) {
        return has(blocks, reader, who) || has(mutes, reader, who);
    };
    return !unwanted(post.author) && !has(blocks, post.author, reader) &&
           std::none_of(post.mentions.begin(), post.mentions.end(), unwanted);
}

bool FeedModel::shows(std::uint64_t reader, const Post& post) const {
    if (!can_see(reader, post) || !wants(reader, post)) {
        return false;
    }
    if (post.boost_of == 0) {
        return true;
    }
    const auto boosted = posts.find(post.boost_of);
    return boosted != posts.end() && can_see(reader, boosted->second) &&
           wants(reader, boosted->second) &&
           (post.author == reader || !has(hidden_boosts, reader, post.author));
}

bool FeedModel::is_set_apart(std::uint64_t reader, std::uint64_t author) const {
    return std::any_of(lists.begin(), lists.end(), [&](const List& list) {
        return list.owner == reader && list.exclusive && list.members.contains(author);
    });
}

bool FeedModel::in_home(std::uint64_t reader, const Post& post) const {
    if (!shows(reader, post)) {
        return false;
    }
    if (post.author == reader) {
        return true;
    }
    const bool replies_to_stranger = post.reply_to_author != 0 && post.reply_to_author != reader &&
                                     post.reply_to_author != post.author &&
                                     !has(follows, reader, post.reply_to_author);
    if (has(follows, reader, post.author) && !is_set_apart(reader, post.author) &&
        !replies_to_stranger) {
        return true;
    }
    const auto followed_tags = tags.find(reader);
    return post.visibility == Visibility::kPublic && post.boost_of == 0 &&
           followed_tags != tags.end() &&
           std::any_of(post.tags.begin(), post.tags.end(), [&](const std::string& tag) {
               return followed_tags->second.contains(tag);
           });
}

bool FeedModel::in_list(const List& list, const Post& post) const {
    if (!list.members.contains(post.author) || !shows(list.owner, post)) {
        return false;
    }
    const std::uint64_t parent = post.reply_to_author;
    if (parent == 0 || parent == list.owner || parent == post.author) {
        return true;
    }
    switch (list.replies) {
        case social::RepliesPolicy::kFollowed:
            return post.author == list.owner || has(follows, list.owner, parent);
        case social::RepliesPolicy::kList:
            return list.members.contains(parent);
        case social::RepliesPolicy::kNone:
            return false;
    }
    return false;
}

std::vector<std::uint64_t> FeedModel::home(std::uint64_t reader) const {
    return feed_of([this, reader](const Post& post) { return in_home(reader, post); });
}

std::vector<std::uint64_t> FeedModel::timeline(const List& list) const {
    return feed_of([this, &list](const Post& post) { return in_list(list, post); });
}

std::vector<std::uint64_t> FeedModel::feed_of(const std::function<bool(const Post&)>& belongs
) const {
    std::vector<const Post*> visible;
    for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
        if (belongs(post->second)) {
            visible.push_back(&post->second);
        }
    }
    const auto subject = [](const Post* post) {
        return post->boost_of != 0 ? post->boost_of : post->id;
    };
    std::vector<std::uint64_t> feed;
    for (std::size_t i = 0; i < visible.size(); ++i) {
        const std::size_t end = std::min(visible.size(), i + 1 + repeat_window_);
        bool repeated = false;
        for (std::size_t older = i + 1; older < end && visible[i]->boost_of != 0; ++older) {
            repeated = repeated || subject(visible[older]) == subject(visible[i]);
        }
        if (!repeated) {
            feed.push_back(visible[i]->id);
        }
    }
    return feed;
}

std::vector<std::uint64_t>
FeedModel::page(const std::vector<std::uint64_t>& feed, const social::PageRequest& request) {
    std::vector<std::uint64_t> page;
    for (const std::uint64_t id : feed) {
        if ((request.max_id == 0 || id < request.max_id) && id > request.since_id &&
            id > request.min_id) {
            page.push_back(id);
        }
    }
    if (page.size() > request.limit) {
        if (request.min_id != 0) {
            page.erase(page.begin(), page.end() - static_cast<std::ptrdiff_t>(request.limit));
        } else {
            page.resize(request.limit);
        }
    }
    return page;
}

}  // namespace rookery::sim
