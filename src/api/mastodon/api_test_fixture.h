#pragma once

#include "api/mastodon/api.h"
#include "discover/people/people_search.h"
#include "discover/post_indexer.h"
#include "discover/suggestions.h"
#include "discover/tags/tag_search.h"
#include "feed/policies.h"
#include "kit/manual_clock.h"
#include "kit/memory_search_index.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "notify/inbox_writer.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

/// The API's views over all services and a store in memory, wired as the server wires them.
class ApiFixture : public testing::Test {
protected:
    ApiFixture() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = social::decode(stored);
                accounts_.on_committed(*event);
                sessions_.on_committed(*event);
                viewers_.on_committed(*event);
                posts_.on_committed(*event);
                cards_.on_committed(*event);
                reactions_.on_committed(*event);
                libraries_.on_committed(*event);
                circles_.on_committed(*event);
                graph_keeper_.on_committed(*event);
                suggestions_.on_committed(*event);
                directory_.on_committed(*event);
                home_feed_.on_committed(*event);
                api_.on_committed(*event);
            }
        });
        alice_ = person("alice");
        bob_ = person("bob");
        carol_ = person("carol");
    }

    AccountId person(const std::string& username) {
        return (*kit::run(accounts_.create({.username = username})))->id;
    }
    /// What the server's upkeep does in the background.
    void keep_up() {
        while (*kit::run(graph_keeper_.work())) {
        }
        while (*kit::run(directory_.work())) {
        }
    }
    void follow(AccountId actor, AccountId target) {
        ASSERT_TRUE(kit::run(follows_.follow(actor, target, {})));
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
        draft.app_name = "Test <&> client";
        return *kit::run(posts_.create(std::move(draft)));
    }
    social::PostPtr boost(AccountId actor, const social::PostPtr& post) {
        return *kit::run(posts_.boost(actor, post->id, social::Visibility::kPublic));
    }
    social::SessionPtr session(AccountId account, const std::string& scopes = "read") {
        social::Session asked;
        asked.account = account;
        asked.scopes = scopes;
        return kit::run(sessions_.issue(asked))->session;
    }
    social::ViewerPtr viewer(AccountId account) { return *kit::run(viewers_.find(account)); }

    /// The post as `reader` (0: nobody) sees it; null if not at all.
    boost::json::value status(PostId id, AccountId reader = {}) {
        const auto who = reader ? viewer(reader) : nullptr;
        auto page = *kit::run(timelines_.present(who, {id}, false));
        const auto array = *kit::run(api_.status_view.render_array(std::move(page), who));
        const boost::json::value parsed = boost::json::parse(array.bytes);
        return parsed.as_array().empty() ? boost::json::value() : parsed.as_array().front();
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 1, 7};
    BlockingPool pool_{1};
    metrics::Registry metrics_;
    social::Environment environment_{store_, clock_, ids_, pool_, "rookery.example"};
    social::PostSequence sequence_{ids_};
    social::Accounts accounts_{environment_, {}};
    social::Sessions sessions_{environment_};
    social::Viewers viewers_{environment_};
    social::Follows follows_{environment_, accounts_};
    social::Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    social::Threads threads_{environment_, {}, accounts_, posts_};
    social::Reactions reactions_{environment_, posts_};
    social::Conversations conversations_{environment_, posts_, viewers_};
    social::Lists lists_{environment_, {}, viewers_};
    social::Markers markers_{environment_};
    feed::Cards cards_{accounts_, posts_};
    feed::Timelines timelines_{environment_, cards_, sequence_};
    feed::HomeFeed home_feed_{
        {},
        environment_,
        std::make_unique<feed::PullAll>(),
        accounts_,
        cards_,
        viewers_,
        sequence_,
        metrics_
    };
    kit::MemorySearchIndex index_;
    discover::Libraries libraries_{store_, 1'000, 10};
    discover::PostIndexer indexer_{{}, store_, accounts_, posts_, index_};
    discover::PostSearch post_search_{{}, environment_, accounts_, timelines_, libraries_, index_};
    discover::names::NameIndex people_index_;
    discover::Circles circles_{{}, environment_, accounts_, viewers_};
    discover::PeopleIndexer people_indexer_{{}, accounts_, people_index_};
    discover::PeopleSearch people_search_{
        {},
        discover::PeopleIndexerConfig{}.bio_words_max,
        environment_,
        accounts_,
        circles_,
        people_index_,
        people_indexer_
    };
    discover::TagNumbers tag_numbers_{1'000};
    discover::names::NameIndex tag_index_;
    discover::TagSearch tag_search_{{}, timelines_, tag_numbers_, tag_index_};
    discover::trends::Trends trends_{{}, environment_, store_, accounts_, posts_, timelines_};
    discover::GraphKeeper graph_keeper_{{}, store_, accounts_};
    discover::Suggestions suggestions_{{}, environment_, accounts_, graph_keeper_};
    discover::Connections connections_{accounts_, graph_keeper_};
    discover::Directory directory_{store_, accounts_};
    notify::Inbox inbox_{environment_, accounts_, posts_, viewers_};
    notify::InboxWriter inbox_writer_{{}, store_, accounts_, posts_, viewers_, reactions_};
    Api api_{
        ApiConfig{.base_url = "https://rookery.example"},
        Services{
            environment_, accounts_,    sessions_,    follows_,     viewers_,       posts_,
            threads_,     reactions_,   cards_,       home_feed_,   timelines_,     conversations_,
            lists_,       markers_,     inbox_,       post_search_, people_search_, tag_search_,
            trends_,      suggestions_, connections_, directory_,   metrics_,
        }
    };
    AccountId alice_;
    AccountId bob_;
    AccountId carol_;
};

}  // namespace rookery::api::mastodon
