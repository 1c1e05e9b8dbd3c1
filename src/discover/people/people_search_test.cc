#include "discover/people/people_search.h"

#include "kit/posts_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::discover {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// People, the index of them, and who feeds it, as the server wires them.
class PeopleSearchTest : public social::PostsFixture {
protected:
    PeopleSearchTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const social::SocialEvent event = *social::decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                circles_.on_committed(event);
                told_.push_back(stored);
            }
        });
    }

    /// Lets the consumer handle what happened, and all work be done.
    void settle() {
        if (!told_.empty()) {
            const auto events = std::exchange(told_, {});
            ASSERT_TRUE(kit::run(indexer_.handle(events)));
        }
        while (*kit::run(indexer_.work())) {
        }
    }

    std::vector<std::string> found(AccountId searcher, PeopleRequest request) {
        const auto viewer = searcher ? *kit::run(viewers_.find(searcher)) : nullptr;
        const auto accounts = kit::run(search_.find(viewer, std::move(request)));
        EXPECT_TRUE(accounts) << accounts.error().message;
        std::vector<std::string> names;
        for (const social::AccountPtr& account : *accounts) {
            names.push_back(account->username);
        }
        return names;
    }
    std::vector<std::string> found(AccountId searcher, const std::string& text) {
        return found(searcher, {.text = text});
    }

    void update(AccountId id, social::AccountChanges changes) {
        ASSERT_TRUE(kit::run(accounts_.update(id, std::move(changes))));
    }

    Task<int> fill() {
        for (int i = 0; i < 6; ++i) {
            static_cast<void>(co_await indexer_.work());
        }
        co_return 0;
    }
    Task<int> rename(std::string name, int pauses) {
        for (int i = 0; i < pauses; ++i) {
            static_cast<void>(co_await store_.get({}));
        }
        static_cast<void>(co_await accounts_.update(bob_, {.display_name = std::move(name)}));
        const auto events = std::exchange(told_, {});
        static_cast<void>(co_await indexer_.handle(events));
        co_return 0;
    }
    /// As the index alone knows it.
    std::vector<names::NameHit> hits(const std::string& text) {
        return index_.find(names::parse_name_query(text), {}, {});
    }

    std::vector<ports::StoredEvent> told_;
    names::NameIndex index_;
    Circles circles_{{.age_max_ms = 60'000}, environment_, accounts_, viewers_};
    PeopleIndexer indexer_{{.bio_words_max = 5, .step_accounts = 2}, accounts_, index_};
    PeopleSearch search_{{}, 5, environment_, accounts_, circles_, index_, indexer_};
};

TEST_F(PeopleSearchTest, UsesTheStoredNamesUntilEverybodyIsIndexed) {
    update(bob_, {.display_name = "Carola"});
    EXPECT_FALSE(indexer_.is_complete());
    EXPECT_THAT(found(alice_, "car"), ElementsAre("carol"));
    settle();
    EXPECT_TRUE(indexer_.is_complete());
    EXPECT_EQ(index_.size().entries, 3U);
    EXPECT_THAT(found(alice_, "car"), ElementsAre("Bob", "carol"));
    EXPECT_THAT(found({}, "car"), ElementsAre("Bob", "carol"));
}

TEST_F(PeopleSearchTest, ShowsTheWholeHandleFirstAndWithoutTheIndex) {
    update(bob_, {.display_name = "dora"});
    settle();
    follow(alice_, bob_);
    person("dora");  // nobody told the index
    EXPECT_THAT(found(alice_, "DORA"), ElementsAre("dora", "Bob"));
    EXPECT_THAT(found(alice_, "@dora@home.example"), ElementsAre("dora"));
    EXPECT_THAT(found(alice_, "@dora@home"), ElementsAre("dora"));
    EXPECT_THAT(found(alice_, "dora@elsewhere"), IsEmpty());
    EXPECT_THAT(found(alice_, "#dora"), IsEmpty()) << "that is a hashtag";
    EXPECT_THAT(found(alice_, " @ "), IsEmpty());
    EXPECT_THAT(found(alice_, {.text = "dora", .offset = 1}), ElementsAre("Bob"));
    EXPECT_THAT(found(alice_, {.text = "dora", .limit = 1}), ElementsAre("dora"));
}

TEST_F(PeopleSearchTest, JudgesWhatItFindsByWhatIsTrueNow) {
    update(bob_, {.display_name = "Robert", .note = "one two three four five six"});
    settle();
    EXPECT_THAT(found(alice_, "robert"), ElementsAre("Bob"));
    EXPECT_THAT(found(alice_, "five"), ElementsAre("Bob"));
    EXPECT_THAT(found(alice_, "six"), IsEmpty()) << "beyond the words that are indexed";
    update(bob_, {.display_name = "Gustav"});
    EXPECT_THAT(found(alice_, "robert"), IsEmpty()) << "although the index still says so";
    settle();
    EXPECT_THAT(found(alice_, "gustav"), ElementsAre("Bob"));
    update(bob_, {.discoverable = false});
    EXPECT_THAT(found(alice_, "gustav"), IsEmpty());
    EXPECT_THAT(found(bob_, "gustav"), ElementsAre("Bob"));
    EXPECT_THAT(found(alice_, "bo"), ElementsAre("Bob"));
    update(bob_, {.suspended = true});
    EXPECT_THAT(found(alice_, "bo"), IsEmpty());
    settle();
    EXPECT_EQ(index_.size().entries, 2U);
}

TEST_F(PeopleSearchTest, FillsAPageAlthoughSomeOfItMayNotBeShown) {
    for (int i = 0; i < 30; ++i) {
        const AccountId id = person("many" + std::to_string(i));
        if (i < 25) {
            ASSERT_TRUE(kit::run(follows_.block(id, alice_)));
        }
    }
    settle();
    EXPECT_THAT(found(alice_, {.text = "many", .limit = 5}), SizeIs(5));
    EXPECT_THAT(found(alice_, {.text = "many", .offset = 3, .limit = 5}), SizeIs(2));
}

TEST_F(PeopleSearchTest, CountsFollowersAnewWhenTheyChange) {
    const AccountId first = person("sam_a");
    const AccountId second = person("sam_b");
    settle();
    EXPECT_THAT(found(carol_, "sam"), ElementsAre("sam_a", "sam_b"));
    follow(alice_, second);
    follow(bob_, second);
    follow(bob_, first);
    settle();
    EXPECT_THAT(found(carol_, "sam"), ElementsAre("sam_b", "sam_a"));
    ASSERT_TRUE(kit::run(follows_.unfollow(alice_, second)));
    ASSERT_TRUE(kit::run(follows_.unfollow(bob_, second)));
    settle();
    EXPECT_THAT(found(carol_, "sam"), ElementsAre("sam_a", "sam_b"));
}

TEST_F(PeopleSearchTest, AsksNobodyWhoHidesWhomTheyFollow) {
    const AccountId first = person("sam_a");
    const AccountId second = person("sam_b");
    static_cast<void>(first);
    settle();
    follow(alice_, bob_);
    follow(alice_, carol_);
    follow(bob_, second);
    settle();
    EXPECT_THAT(found(alice_, "sam"), ElementsAre("sam_b", "sam_a"));
    ASSERT_TRUE(kit::run(follows_.unfollow(bob_, second)));
    follow(carol_, second);
    update(carol_, {.hide_collections = true});
    settle();
    ASSERT_TRUE(kit::run(follows_.unfollow(carol_, second)));
    follow(bob_, first);
    follow(carol_, second);
    clock_.advance_ms(120'000);  // what bob did lately is known, what carol did is hers
    EXPECT_THAT(found(alice_, "sam"), ElementsAre("sam_a", "sam_b"));
}

TEST_F(PeopleSearchTest, RefusesAQueryThatIsTooLong) {
    const auto viewer = *kit::run(viewers_.find(alice_));
    const auto refused = kit::run(search_.find(viewer, {.text = std::string(5'000, 'a')}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
}

TEST_F(PeopleSearchTest, KeepsTheNewestOfWhatChangesWhileItIsFilled) {
    // The fill reads bob, then the consumer hears of a change: the fill must not undo it.
    store_.yield_on_calls(true);
    for (int round = 0; round < 20; ++round) {
        ports::Batch imported;
        imported.emit(social::encode(social::SocialEvent{.type = social::EventType::kGraphImported})
        );
        ASSERT_TRUE(kit::run(store_.commit(std::move(imported))));
        const std::string name = "Name" + std::to_string(round);
        std::vector<Task<int>> tasks;
        tasks.push_back(fill());
        tasks.push_back(rename(name, round));
        static_cast<void>(kit::run_together(std::move(tasks)));
        settle();
        EXPECT_THAT(hits(name), SizeIs(1)) << round;
    }
}

}  // namespace
}  // namespace rookery::discover
