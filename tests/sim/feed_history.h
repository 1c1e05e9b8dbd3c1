#pragma once

#include "base/random.h"
#include "sim/feed_model.h"
#include "sim/feed_world.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace rookery::sim {

/// What a history of the feed is run under.
struct FeedSetting {
    const char* name;
    FeedWorld::MakePolicy policy;
    std::size_t push_at_once_max;
    std::size_t repeat_window;
};

/// A dozen people who do random things, in the world and in the model alike. An act that the world
/// answers otherwise than the model expects fails the test.
class FeedHistory {
public:
    FeedHistory(const FeedSetting& setting, std::uint64_t seed);

    /// Lets some time pass, and somebody do something.
    void act();

    [[nodiscard]] static std::uint64_t person(std::size_t i) { return 100 + i; }
    [[nodiscard]] std::uint64_t somebody() { return person(random.below(kPeople)); }
    /// Mostly a recent one; null if there is none.
    [[nodiscard]] const FeedModel::Post* some_post();
    /// There must be one.
    [[nodiscard]] FeedModel::List& some_list() {
        return model.lists[random.below(model.lists.size())];
    }

    static constexpr std::size_t kPeople = 12;

    /// Whose home feed the last act may have changed as a whole: 0 if nobody's.
    std::uint64_t concerned = 0;
    Random random;
    FeedWorld world;
    FeedModel model;

private:
    /// What somebody does next changes their home feed: they have just read it, so that whatever is
    /// kept in memory for it must be made true or dropped.
    void concern(std::uint64_t who);
    /// Somebody who may act: 0 if the draw fell on a suspended account.
    [[nodiscard]] std::uint64_t actor();

    void post();
    void boost();
    void follow(std::uint64_t actor, std::uint64_t target);
    /// And perhaps follows them again.
    void unfollow();
    void follow_or_unfollow_tag();
    /// Also changes the replies policy of one that is there, or whether it is exclusive.
    void make_or_change_list();
    void add_or_remove_member();
    void remove();
    void narrow();
    void mute_or_unmute();
    void block_or_unblock();
    void suspend_or_return();
};

}  // namespace rookery::sim
