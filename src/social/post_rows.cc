#include "social/post_rows.h"

#include "social/tables.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rookery::social {

namespace {

using ports::Counters;
using ports::Key;
using tables::id_bytes;
using tables::newest_first;

struct OwnRow {
    Key key;
    std::string value;
};

struct Share {
    Key key;
    Counters delta;
};

bool is_seen_by_all(const Post& post) {
    return post.visibility == Visibility::kPublic || post.visibility == Visibility::kUnlisted;
}

AuthorPostFlags flags_of(const Post& post) {
    AuthorPostFlags flags;
    flags.visibility = post.visibility;
    flags.is_boost = post.is_boost();
    flags.is_reply = post.is_reply();
    flags.is_reply_to_other = post.is_reply_to_other();
    return flags;
}

std::vector<OwnRow> rows_of(const Post& post) {
    const std::string sort = newest_first(post.id);
    const std::string author = id_bytes(post.author);
    std::vector<OwnRow> rows;
    rows.push_back({post_key(post.id), encode(post)});
    rows.push_back({{tables::kAuthorPosts, author, sort}, encode(flags_of(post))});
    if (post.is_boost()) {
        rows.push_back({{tables::kBoostedBy, id_bytes(post.boost_of), sort}, author});
        return rows;
    }
    rows.push_back(
        {{tables::kThreads, id_bytes(post.thread), id_bytes(post.id)},
         encode(ThreadEntry{post.in_reply_to, post.author})}
    );
    if (post.visibility != Visibility::kPublic) {
        return rows;
    }
    if (!post.is_reply_to_other()) {
        rows.push_back({{tables::kPublicPosts, "", sort}, author});
    }
    for (const std::string& tag : post.tags) {
        rows.push_back({{tables::kTagPosts, tag, sort}, author});
    }
    return rows;
}

std::vector<Share> shares_of(const Post& post, bool related_exists) {
    std::vector<Share> shares;
    if (post.visibility == Visibility::kDirect) {
        return shares;
    }
    shares.push_back({{tables::kAccountCounters, id_bytes(post.author), ""}, {0, 0, 1, 0}});
    if (!related_exists) {
        return shares;
    }
    if (post.is_boost()) {
        shares.push_back({post_counters_key(post.boost_of), {0, 1, 0, 0}});
    } else if (post.in_reply_to && is_seen_by_all(post)) {
        shares.push_back({post_counters_key(post.in_reply_to), {1, 0, 0, 0}});
    }
    return shares;
}

Counters negated(Counters delta) {
    std::ranges::transform(delta, delta.begin(), std::negate<>());
    return delta;
}

template <class T>
const T* find_key(const std::vector<T>& list, const Key& key) {
    const auto found = std::ranges::find(list, key, &T::key);
    return found == list.end() ? nullptr : &*found;
}

void add_post(ports::Batch& batch, const Post& post, bool related_exists) {
    for (OwnRow& row : rows_of(post)) {
        batch.put(std::move(row.key), std::move(row.value));
    }
    for (Share& share : shares_of(post, related_exists)) {
        batch.add(std::move(share.key), share.delta);
    }
}

void expect_related(ports::Batch& batch, const Post& post, bool related_exists) {
    if (related_exists) {
        batch.expect_present(post_key(related_post(post)));
    }
}

}  // namespace

Key post_key(PostId id) {
    return {tables::kPosts, id_bytes(id), ""};
}

Key post_counters_key(PostId id) {
    return {tables::kPostCounters, id_bytes(id), ""};
}

void put_post(ports::Batch& batch, const Post& post, bool related_exists) {
    add_post(batch, post, related_exists);
    expect_related(batch, post, related_exists);
}

void load_post(ports::Batch& batch, const Post& post) {
    add_post(batch, post, true);
}

void replace_post(ports::Batch& batch, const Post& before, const Post& after, bool related_exists) {
    const std::vector<OwnRow> old_rows = rows_of(before);
    std::vector<OwnRow> new_rows = rows_of(after);
    for (const OwnRow& row : old_rows) {
        if (find_key(new_rows, row.key) == nullptr) {
            batch.erase(row.key);
        }
    }
    for (OwnRow& row : new_rows) {
        const OwnRow* old = find_key(old_rows, row.key);
        if (old == nullptr || old->value != row.value) {
            batch.put(std::move(row.key), std::move(row.value));
        }
    }
    const std::vector<Share> old_shares = shares_of(before, related_exists);
    const std::vector<Share> new_shares = shares_of(after, related_exists);
    for (const Share& share : old_shares) {
        if (find_key(new_shares, share.key) == nullptr) {
            batch.add(share.key, negated(share.delta));
        }
    }
    for (const Share& share : new_shares) {
        if (find_key(old_shares, share.key) == nullptr) {
            batch.add(share.key, share.delta);
        }
    }
    expect_related(batch, before, related_exists);
}

void erase_post(ports::Batch& batch, const Post& post, bool related_exists) {
    for (OwnRow& row : rows_of(post)) {
        batch.erase(std::move(row.key));
    }
    batch.erase(post_counters_key(post.id));
    for (Share& share : shares_of(post, related_exists)) {
        batch.add(std::move(share.key), negated(share.delta));
    }
    expect_related(batch, post, related_exists);
}

}  // namespace rookery::social
