#pragma once

#include "discover/connections.h"
#include "discover/directory.h"
#include "discover/graph/graph_keeper.h"
#include "discover/suggestions.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/dismissed_suggestions.h"
#include "social/follows.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rookery::discover {

/// People over a store in memory, with what is derived of them, wired as the server wires it.
class PeopleFixture : public testing::Test {
protected:
    PeopleFixture() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = social::decode(stored);
                accounts_.on_committed(*event);
                viewers_.on_committed(*event);
                posts_.on_committed(*event);
                keeper_.on_committed(*event);
                suggestions_.on_committed(*event);
                directory_.on_committed(*event);
            }
        });
    }

    AccountId person() {
        const auto made =
            kit::run(accounts_.create({.username = "p" + std::to_string(people_.size())}));
        people_.push_back((*made)->id);
        return people_.back();
    }
    void follow(AccountId from, AccountId to) {
        EXPECT_TRUE(kit::run(follows_.follow(from, to, {})));
    }
    void update(AccountId account, social::AccountChanges changes) {
        EXPECT_TRUE(kit::run(accounts_.update(account, std::move(changes))));
    }
    PostId post(AccountId author, social::Visibility visibility = social::Visibility::kPublic) {
        social::NewPost draft;
        draft.author = author;
        draft.text = "words";
        draft.visibility = visibility;
        return (*kit::run(posts_.create(std::move(draft))))->id;
    }
    /// What the server's upkeep does in the background.
    void keep_up() {
        while (*kit::run(keeper_.work())) {
        }
        while (*kit::run(directory_.work())) {
        }
    }
    social::ViewerPtr viewer(AccountId account) { return *kit::run(viewers_.find(account)); }
    social::AccountPtr account(AccountId id) { return *kit::run(accounts_.find(id)); }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{1};
    social::Environment environment_{store_, clock_, ids_, pool_, "home.example"};
    social::Accounts accounts_{environment_, {}};
    social::Viewers viewers_{environment_};
    social::Follows follows_{environment_, accounts_};
    social::PostSequence sequence_{ids_};
    social::Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    social::DismissedSuggestions dismissed_{environment_};
    GraphKeeper keeper_{{.live = {.merged_changes_min = 15, .step_edges = 5}}, store_, accounts_};
    Suggestions suggestions_{{.featured = {"p0"}}, environment_, accounts_, keeper_};
    Connections connections_{accounts_, keeper_};
    Directory directory_{store_, accounts_};
    std::vector<AccountId> people_;
};

}  // namespace rookery::discover
