#pragma once

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/run_together.h"
#include "kit/task_driver.h"
#include "social/follows.h"
#include "social/post_cleanup.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/tables.h"
#include "social/threads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace rookery::social {

/// People and their posts over a store in memory, wired as the server wires them.
class PostsFixture : public testing::Test {
protected:
    PostsFixture() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const SocialEvent event = *decode(stored.event);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                reactions_.on_committed(event);
                const std::lock_guard lock(events_mutex_);
                events_.push_back(event);
            }
        });
        alice_ = person("alice");
        bob_ = person("Bob");
        carol_ = person("carol");
    }

    AccountId person(const std::string& username) {
        return (*kit::run(accounts_.create({.username = username})))->id;
    }
    void follow(AccountId actor, AccountId target) {
        ASSERT_TRUE(kit::run(follows_.follow(actor, target, {})));
    }

    static NewPost draft(AccountId author, std::string text, PostId parent = {}) {
        NewPost post;
        post.author = author;
        post.text = std::move(text);
        post.in_reply_to = parent;
        return post;
    }
    PostPtr post(NewPost draft) {
        const auto made = kit::run(posts_.create(std::move(draft)));
        EXPECT_TRUE(made) << made.error().message;
        return made ? *made : nullptr;
    }
    PostPtr post(AccountId author, std::string text, PostId parent = {}) {
        return post(draft(author, std::move(text), parent));
    }
    PostPtr post(AccountId author, std::string text, Visibility visibility, PostId parent = {}) {
        NewPost made = draft(author, std::move(text), parent);
        made.visibility = visibility;
        return post(std::move(made));
    }
    PostPtr boost(AccountId actor, PostId id) {
        const auto made = kit::run(posts_.boost(actor, id, Visibility::kPublic));
        EXPECT_TRUE(made) << made.error().message;
        return made ? *made : nullptr;
    }
    PostPtr find(PostId id) {
        const auto found = kit::run(posts_.find(id));
        return found ? *found : nullptr;
    }
    PostCounts counts(PostId id) { return kit::run(posts_.counts({id}))->front(); }
    std::int64_t post_count(AccountId id) {
        return kit::run(accounts_.counts({id}))->front().posts;
    }

    /// All rows of one table: "partition|sort" to value.
    std::map<std::string, std::string> rows(ports::Table table) const {
        std::map<std::string, std::string> found;
        for (const auto& [key, value] : store_.rows()) {
            if (key.table == table) {
                found[key.partition + "|" + key.sort] = value;
            }
        }
        return found;
    }

    /// Recomputes every index and count from the posts alone and compares.
    void expect_consistent() const;

    std::vector<SocialEvent> events(EventType type) {
        std::vector<SocialEvent> found;
        std::ranges::copy_if(events_, std::back_inserter(found), [&](const SocialEvent& event) {
            return event.type == type;
        });
        return found;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_;
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, ids_, pool_, "home.example"};
    Accounts accounts_{environment_, {}};
    Viewers viewers_{environment_};
    Follows follows_{environment_, accounts_};
    PostSequence sequence_{ids_};
    Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    Reactions reactions_{environment_, posts_};
    Threads threads_{environment_, {}, accounts_, posts_};
    PostCleanup cleanup_{environment_, 2};
    std::mutex events_mutex_;
    std::vector<SocialEvent> events_;
    AccountId alice_, bob_, carol_;
};

inline void PostsFixture::expect_consistent() const {
    std::map<std::string, Post> posts;
    for (const auto& [key, value] : rows(tables::kPosts)) {
        posts.emplace(key.substr(0, 8), *decode_post(value));
    }
    std::vector<std::string> author_posts, threads, public_posts, tag_posts, boosted_by;
    std::map<std::string, ports::Counters> post_counters, account_counters;
    for (const auto& [id, post] : posts) {
        const std::string sort = tables::newest_first(post.id);
        const std::string author = tables::id_bytes(post.author);
        const bool is_public = post.visibility == Visibility::kPublic;
        author_posts.push_back(author + "|" + sort);
        if (post.visibility != Visibility::kDirect) {
            ++account_counters[author + "|"][2];
        }
        if (post.is_boost()) {
            boosted_by.push_back(tables::id_bytes(post.boost_of) + "|" + sort);
            ASSERT_TRUE(posts.contains(tables::id_bytes(post.boost_of))) << "boost of nothing";
            ++post_counters[tables::id_bytes(post.boost_of) + "|"][1];
            continue;
        }
        threads.push_back(tables::id_bytes(post.thread) + "|" + id);
        if (is_public && (!post.in_reply_to || post.in_reply_to_account == post.author)) {
            public_posts.push_back("|" + sort);
        }
        for (const std::string& tag : post.tags) {
            if (is_public) {
                tag_posts.push_back(tag + "|" + sort);
            }
        }
        if (post.in_reply_to && posts.contains(tables::id_bytes(post.in_reply_to)) &&
            (is_public || post.visibility == Visibility::kUnlisted)) {
            ++post_counters[tables::id_bytes(post.in_reply_to) + "|"][0];
        }
    }
    for (const auto& [key, value] : rows(tables::kFavouritedBy)) {
        if (posts.contains(key.substr(0, 8))) {
            ++post_counters[key.substr(0, 9)][2];
        }
    }
    const auto keys_of = [this](ports::Table table) {
        std::vector<std::string> keys;
        for (const auto& [key, value] : rows(table)) {
            keys.push_back(key);
        }
        return keys;
    };
    using testing::UnorderedElementsAreArray;
    EXPECT_THAT(keys_of(tables::kAuthorPosts), UnorderedElementsAreArray(author_posts));
    EXPECT_THAT(keys_of(tables::kThreads), UnorderedElementsAreArray(threads));
    EXPECT_THAT(keys_of(tables::kPublicPosts), UnorderedElementsAreArray(public_posts));
    EXPECT_THAT(keys_of(tables::kTagPosts), UnorderedElementsAreArray(tag_posts));
    EXPECT_THAT(keys_of(tables::kBoostedBy), UnorderedElementsAreArray(boosted_by));
    const auto counters_of = [this](ports::Table table, std::initializer_list<int> places) {
        std::map<std::string, ports::Counters> counters;
        for (const auto& [key, value] : rows(table)) {
            const ports::Counters all = *ports::decode_counters(value);
            ports::Counters kept{};
            for (const int place : places) {
                kept[place] = all[place];
            }
            if (kept != ports::Counters{}) {
                counters[key] = kept;
            }
        }
        return counters;
    };
    EXPECT_EQ(counters_of(tables::kPostCounters, {0, 1, 2, 3}), post_counters);
    EXPECT_EQ(counters_of(tables::kAccountCounters, {2}), account_counters);
}

}  // namespace rookery::social
