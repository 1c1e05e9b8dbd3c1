#include "kit/posts_fixture.h"

namespace rookery::social {

namespace {

using Keys = std::vector<std::string>;
using CountersByKey = std::map<std::string, ports::Counters>;

/// What the tables should hold, worked out from the posts one by one.
struct Expected {
    Keys author_posts, threads, public_posts, tag_posts, boosted_by;
    CountersByKey post_counters, account_counters;
};

void expect_of_boost(Expected& expected, const Post& boost) {
    const std::string original = tables::id_bytes(boost.boost_of) + "|";
    expected.boosted_by.push_back(original + tables::newest_first(boost.id));
    ++expected.post_counters[original][1];
}

void expect_of_post(Expected& expected, const Post& post, bool parent_exists) {
    const std::string sort = tables::newest_first(post.id);
    const bool is_public = post.visibility == Visibility::kPublic;
    expected.threads.push_back(tables::id_bytes(post.thread) + "|" + tables::id_bytes(post.id));
    if (is_public && !post.is_reply_to_other()) {
        expected.public_posts.push_back("|" + sort);
    }
    for (const std::string& tag : post.tags) {
        if (is_public) {
            expected.tag_posts.push_back(tag + "|" + sort);
        }
    }
    if (parent_exists && (is_public || post.visibility == Visibility::kUnlisted)) {
        ++expected.post_counters[tables::id_bytes(post.in_reply_to) + "|"][0];
    }
}

Keys keys_of(const std::map<std::string, std::string>& rows) {
    Keys keys;
    for (const auto& [key, value] : rows) {
        keys.push_back(key);
    }
    return keys;
}

/// Only the numbers at `places`, and only rows where one of them is not zero.
CountersByKey counters_of(
    const std::map<std::string, std::string>& rows,
    std::initializer_list<std::size_t> places
) {
    CountersByKey counters;
    for (const auto& [key, value] : rows) {
        const ports::Counters all = *ports::decode_counters(value);
        ports::Counters kept{};
        for (const std::size_t place : places) {
            kept[place] = all[place];
        }
        if (kept != ports::Counters{}) {
            counters[key] = kept;
        }
    }
    return counters;
}

}  // namespace

void PostsFixture::expect_consistent() const {
    std::map<std::string, Post> posts;
    for (const auto& [key, value] : rows(tables::kPosts)) {
        posts.emplace(key.substr(0, 8), *decode_post(value));
    }
    Expected expected;
    for (const auto& [id, post] : posts) {
        const std::string author = tables::id_bytes(post.author) + "|";
        expected.author_posts.push_back(author + tables::newest_first(post.id));
        if (post.visibility != Visibility::kDirect) {
            ++expected.account_counters[author][2];
        }
        if (post.is_boost()) {
            EXPECT_TRUE(posts.contains(tables::id_bytes(post.boost_of))) << "boost of nothing";
            expect_of_boost(expected, post);
        } else {
            expect_of_post(expected, post, posts.contains(tables::id_bytes(post.in_reply_to)));
        }
    }
    for (const auto& [key, value] : rows(tables::kFavouritedBy)) {
        if (posts.contains(key.substr(0, 8))) {
            ++expected.post_counters[key.substr(0, 9)][2];
        }
    }
    using testing::UnorderedElementsAreArray;
    const auto holds = [this](ports::Table table, const Keys& keys) {
        EXPECT_THAT(keys_of(rows(table)), UnorderedElementsAreArray(keys));
    };
    holds(tables::kAuthorPosts, expected.author_posts);
    holds(tables::kThreads, expected.threads);
    holds(tables::kPublicPosts, expected.public_posts);
    holds(tables::kTagPosts, expected.tag_posts);
    holds(tables::kBoostedBy, expected.boosted_by);
    EXPECT_EQ(counters_of(rows(tables::kPostCounters), {0, 1, 2, 3}), expected.post_counters);
    EXPECT_EQ(counters_of(rows(tables::kAccountCounters), {2}), expected.account_counters);
}

}  // namespace rookery::social
