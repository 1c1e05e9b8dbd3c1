#pragma once

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "notify/inbox.h"
#include "notify/inbox_writer.h"
#include "social/follows.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/threads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace rookery::notify {

/// People over a store in memory, and a hand that delivers their events to the writer.
class NotifyFixture : public testing::Test {
protected:
    NotifyFixture() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = social::decode(stored.event);
                accounts_.on_committed(*event);
                viewers_.on_committed(*event);
                posts_.on_committed(*event);
                reactions_.on_committed(*event);
                notified_ += event->type == social::EventType::kNotified ? 1 : 0;
            }
        });
        alice_ = person("alice");
        bob_ = person("bob");
        carol_ = person("carol");
        deliver();
    }

    AccountId person(const std::string& username) {
        return (*kit::run(accounts_.create({.username = username})))->id;
    }
    void follow(AccountId actor, AccountId target, bool notify = false) {
        social::FollowOptions options;
        options.notify = notify;
        ASSERT_TRUE(kit::run(follows_.follow(actor, target, options)));
    }
    social::PostPtr post(
        AccountId author,
        std::string text,
        PostId parent = {},
        social::Visibility visibility = {}
    ) {
        social::NewPost draft;
        draft.author = author;
        draft.text = std::move(text);
        draft.in_reply_to = parent;
        draft.visibility = visibility;
        return *kit::run(posts_.create(std::move(draft)));
    }
    social::PostPtr boost(AccountId actor, const social::PostPtr& post) {
        return *kit::run(posts_.boost(actor, post->id, social::Visibility::kPublic));
    }
    void favourite(AccountId actor, const social::PostPtr& post) {
        ASSERT_TRUE(kit::run(reactions_.favourite(actor, post)));
    }
    void unfavourite(AccountId actor, const social::PostPtr& post) {
        ASSERT_TRUE(kit::run(reactions_.unfavourite(actor, post)));
    }

    /// One call of the writer and the commit of what it says, as the runner makes them.
    bool deliver(std::span<const ports::StoredEvent> events) {
        auto batch = kit::run(writer_.handle(events));
        return batch && kit::run(store_.commit(std::move(*batch)));
    }
    /// Everything that happened since the last call, `group` events at a time, each group `times`
    /// times.
    void deliver(std::size_t group = 100, int times = 1) {
        while (true) {
            const auto events = *kit::run(store_.read_events(delivered_, group));
            if (events.empty()) {
                return;
            }
            for (int i = 0; i < times; ++i) {
                ASSERT_TRUE(deliver(events));
            }
            delivered_ = events.back().id;
        }
    }

    std::vector<InboxEntry> inbox(AccountId owner, InboxQuery query = {}) {
        return *kit::run(inbox_.page(owner, std::move(query)));
    }
    /// "favourite by bob", newest first.
    std::vector<std::string> lines(AccountId owner) {
        std::vector<std::string> out;
        for (const InboxEntry& entry : inbox(owner)) {
            out.push_back(
                std::string(to_string(entry.notification.type)) + " by " + entry.from->username
            );
        }
        return out;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 1, 7};
    BlockingPool pool_{1};
    social::Environment environment_{store_, clock_, ids_, pool_};
    social::PostSequence sequence_{ids_};
    social::Accounts accounts_{environment_, {}};
    social::Viewers viewers_{environment_};
    social::Follows follows_{environment_, accounts_};
    social::Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    social::Reactions reactions_{environment_, posts_};
    social::Threads threads_{environment_, {}, accounts_, posts_};
    InboxWriter writer_{{}, store_, accounts_, posts_, viewers_, reactions_};
    Inbox inbox_{environment_, accounts_, posts_, viewers_};
    ports::EventId delivered_ = 0;
    int notified_ = 0;
    AccountId alice_;
    AccountId bob_;
    AccountId carol_;
};

}  // namespace rookery::notify
