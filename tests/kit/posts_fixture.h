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
                SocialEvent event = *decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                reactions_.on_committed(event);
                event.id = 0;  // tests compare what events say
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

    /// Recomputes every index and count from the posts alone and compares
    /// (social/posts_oracle_test.cc).
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

}  // namespace rookery::social
