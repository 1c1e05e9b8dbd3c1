#include "app/data_check.h"

#include "app/core.h"
#include "app/run_task.h"
#include "kit/manual_clock.h"
#include "kit/memory_search_index.h"
#include "kit/memory_store.h"
#include "social/post_rows.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::app {
namespace {

namespace tables = social::tables;

/// A small world made by the real services, whose rows a test may damage.
class World {
public:
    World() {
        auto store = std::make_unique<kit::MemoryStore>(clock_);
        memory_ = store.get();
        core_ = std::make_unique<Core>(
            Config{},
            clock_,
            registry_,
            std::make_unique<BlockingPool>(1),
            std::move(store),
            *memory_,
            std::make_unique<kit::MemorySearchIndex>()
        );
        EXPECT_TRUE(run_task(core_->begin()));
        ada_ = make("ada");
        bob_ = make("bob");
        EXPECT_TRUE(run_task(core_->follows.follow(ada_, bob_, {})));
        social::NewPost post;
        post.author = bob_;
        post.text = "hello #world";
        const auto made = run_task(core_->posts.create(post));
        EXPECT_TRUE(made);
        post_ = (*made)->id;
        post.author = ada_;
        post.in_reply_to = post_;
        EXPECT_TRUE(run_task(core_->posts.create(post)));
        EXPECT_TRUE(run_task(core_->posts.boost(ada_, post_, social::Visibility::kPublic)));
        EXPECT_TRUE(run_task(core_->reactions.favourite(ada_, *made)));
        EXPECT_TRUE(run_task(core_->reactions.bookmark(ada_, *made)));
    }

    void erase(ports::Key key) {
        ports::Batch batch;
        batch.expect_present(key);
        batch.erase(std::move(key));
        EXPECT_TRUE(run_task(memory_->commit(std::move(batch))));
    }
    void put(ports::Key key, std::string value) {
        ports::Batch batch;
        batch.put(std::move(key), std::move(value));
        EXPECT_TRUE(run_task(memory_->commit(std::move(batch))));
    }

    [[nodiscard]] std::vector<std::string> problems() const {
        const auto rows = memory_->rows();
        const auto lookup = [&](const ports::Key& key) -> std::optional<std::string> {
            for (const auto& [at, value] : rows) {
                if (at == key) {
                    return value;
                }
            }
            return std::nullopt;
        };
        DataCheck check;
        std::vector<std::string> problems;
        for (const auto& [key, value] : rows) {
            if (const auto right = check.check_row(key, value, lookup); !right) {
                problems.push_back(right.error().message);
            }
        }
        for (std::string& problem : check.finish()) {
            problems.push_back(std::move(problem));
        }
        return problems;
    }

    AccountId ada_;
    AccountId bob_;
    PostId post_;

private:
    AccountId make(const std::string& name) {
        social::NewAccount account;
        account.username = name;
        const auto made = run_task(core_->accounts.create(account));
        EXPECT_TRUE(made);
        return (*made)->id;
    }

    kit::ManualClock clock_;
    metrics::Registry registry_;
    kit::MemoryStore* memory_ = nullptr;
    std::unique_ptr<Core> core_;
};

TEST(DataCheck, FindsNothingWrongWithWhatTheServicesWrote) {
    EXPECT_EQ(World().problems(), std::vector<std::string>{});
}

TEST(DataCheck, MissesAnIndexEntryThatIsGone) {
    World world;
    world.erase({tables::kTagPosts, "world", tables::newest_first(world.post_)});
    EXPECT_EQ(world.problems(), std::vector<std::string>{"its row in table 26 is missing"});
}

TEST(DataCheck, MissesWhatAnIndexEntryPointsTo) {
    World world;
    world.put({tables::kPublicPosts, "", tables::newest_first(77)}, tables::id_bytes(world.ada_));
    EXPECT_EQ(world.problems(), std::vector<std::string>{"its row in table 20 is missing"});
}

TEST(DataCheck, MissesTheBookmarkThatAPostNames) {
    World world;
    const auto other = tables::id_bytes(world.bob_);
    world.put(
        {tables::kBookmarkedBy, tables::id_bytes(world.post_), tables::newest_first(7)}, other
    );
    EXPECT_EQ(world.problems(), std::vector<std::string>{"its row in table 31 is missing"});
}

TEST(DataCheck, MissesANotificationThatIsHeldBack) {
    World world;
    const auto people = tables::id_bytes(world.ada_) + tables::id_bytes(world.bob_);
    world.put({tables::kHeldNotifications, people, ""}, tables::id_bytes(7));
    EXPECT_EQ(world.problems(), std::vector<std::string>{});
    world.put({tables::kHeldNotifications, people, tables::newest_first(7)}, "");
    EXPECT_EQ(world.problems(), std::vector<std::string>{"its row in table 35 is missing"});
}

TEST(DataCheck, CountsAgain) {
    World world;
    ports::Counters wrong{9, 0, 0, 0};
    world.put(social::post_counters_key(world.post_), ports::encode_counters(wrong));
    ASSERT_EQ(world.problems().size(), 1U);
    EXPECT_NE(world.problems()[0].find("stored 9/0/0/0, counted 1/1/1/0"), std::string::npos);
}

TEST(DataCheck, SeesHalfAFollow) {
    World world;
    world.erase({tables::kFollows, tables::id_bytes(world.ada_), tables::id_bytes(world.bob_)});
    EXPECT_GE(world.problems().size(), 2U);
}

TEST(DataCheck, RefusesRecordsThatDoNotParse) {
    World world;
    world.put(social::post_key(world.post_), "nonsense");
    EXPECT_FALSE(world.problems().empty());
}

}  // namespace
}  // namespace rookery::app
