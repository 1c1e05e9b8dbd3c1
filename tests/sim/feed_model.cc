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

void FeedModel::block(std::uint64_t actor, std::uint64_t target) {
    blocks[actor].insert(target);
    follows[actor].erase(target);
    follows[target].erase(actor);
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

bool FeedModel::in_home(std::uint64_t reader, const Post& post) const {
    if (post.author != reader && !has(follows, reader, post.author)) {
        return false;
    }
    if (!can_see(reader, post) || !wants(reader, post)) {
        return false;
    }
    if (post.boost_of != 0) {
        const auto boosted = posts.find(post.boost_of);
        if (boosted == posts.end() || !can_see(reader, boosted->second) ||
            !wants(reader, boosted->second)) {
            return false;
        }
        return post.author == reader || !has(hidden_boosts, reader, post.author);
    }
    return post.author == reader || post.reply_to_author == 0 || post.reply_to_author == reader ||
           post.reply_to_author == post.author || has(follows, reader, post.reply_to_author);
}

std::vector<std::uint64_t> FeedModel::home(std::uint64_t reader) const {
    std::vector<const Post*> visible;
    for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
        if (in_home(reader, post->second)) {
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
FeedModel::home_page(std::uint64_t reader, const social::PageRequest& request) const {
    std::vector<std::uint64_t> page;
    for (const std::uint64_t id : home(reader)) {
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
