#include "sim/feed_history.h"

#include "kit/task_driver.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery::sim {

using social::Visibility;

namespace {

constexpr std::array kTags{"birds", "bees", "trees"};
constexpr std::size_t kListsMax = 6;

/// Everything small, so that a short history reaches every limit.
feed::HomeFeedConfig config(const FeedSetting& setting) {
    return {
        .inbox_entries_max = 30,
        .inbox_seed_entries = 10,
        .inbox_read_entries = 4,
        .inboxes_max = 5,
        .author_rings_max = 640,
        .push_at_once_max = setting.push_at_once_max,
        .policy_refresh_seconds = 600,
        .repeated_boost_window = setting.repeat_window,
    };
}

std::string name(std::size_t i) {
    return "person" + std::to_string(i);
}

}  // namespace

FeedHistory::FeedHistory(const FeedSetting& setting, std::uint64_t seed)
    : random(seed), world(config(setting), setting.policy), model(setting.repeat_window) {
    for (std::size_t i = 0; i < kPeople; ++i) {
        social::NewAccount account{.username = name(i), .id = AccountId(person(i))};
        const auto made = kit::run(world.services->accounts.create(std::move(account)));
        EXPECT_TRUE(made) << made.error().message;
    }
}

void FeedHistory::concern(std::uint64_t who) {
    concerned = who;
    EXPECT_TRUE(kit::run(world.services->home.page(AccountId(who), {.limit = 1})));
}

std::uint64_t FeedHistory::actor() {
    const std::uint64_t who = somebody();
    return model.suspended.contains(who) ? 0 : who;
}

const FeedModel::Post* FeedHistory::some_post() {
    if (model.posts.empty()) {
        return nullptr;
    }
    const auto back = std::min<std::uint64_t>(model.posts.size(), 1 + random.below(30));
    return &std::prev(model.posts.end(), static_cast<std::ptrdiff_t>(back))->second;
}

void FeedHistory::act() {
    world.clock.advance_ms(static_cast<std::int64_t>(random.below(100'000)));
    concerned = 0;
    const std::uint64_t dice = random.below(113);
    if (dice < 42) {
        post();
    } else if (dice < 56) {
        boost();
    } else if (dice < 72) {
        follow(somebody(), somebody());
    } else if (dice < 77) {
        unfollow();
    } else if (dice < 85) {
        remove();
    } else if (dice < 88) {
        narrow();
    } else if (dice < 91) {
        mute_or_unmute();
    } else if (dice < 93) {
        block_or_unblock();
    } else if (dice < 95) {
        suspend_or_return();
    } else if (dice < 97) {
        world.services->home.forget();
    } else if (dice < 98) {
        world.restart();
    } else if (dice < 102) {
        follow_or_unfollow_tag();
    } else if (dice < 105) {
        make_or_change_list();
    } else if (dice < 111) {
        add_or_remove_member();
    } else {
        world.services->home.drain_pushes();
    }
}

void FeedHistory::post() {
    FeedModel::Post entry{.author = actor()};
    if (entry.author == 0) {
        return;
    }
    entry.visibility = static_cast<Visibility>(random.chance(0.7) ? 0 : random.below(4));
    social::NewPost fresh{.author = AccountId(entry.author), .text = "words"};
    if (random.chance(0.3)) {
        const std::uint64_t mentioned = somebody();
        if (!model.suspended.contains(mentioned)) {
            entry.mentions.insert(mentioned);
        }
        fresh.text += " @" + name(mentioned - 100);
    }
    for (const char* tag : kTags) {
        if (random.chance(0.15)) {
            entry.tags.insert(tag);
            fresh.text += std::string(" #") + tag;
        }
    }
    const FeedModel::Post* parent = some_post();
    if (parent != nullptr && parent->boost_of == 0 && random.chance(0.4) &&
        model.can_see(entry.author, *parent)) {
        entry.reply_to_author = parent->author;
        fresh.in_reply_to = PostId(parent->id);
    }
    fresh.visibility = entry.visibility;
    const auto made = kit::run(world.services->posts.create(std::move(fresh)));
    ASSERT_TRUE(made) << made.error().message;
    entry.id = (*made)->id.value;
    model.posts[entry.id] = entry;
}

void FeedHistory::boost() {
    const FeedModel::Post* subject = some_post();
    const std::uint64_t actor = this->actor();
    if (actor == 0 || subject == nullptr || subject->boost_of != 0 ||
        !model.can_see(actor, *subject) || subject->visibility == Visibility::kDirect ||
        (subject->visibility == Visibility::kPrivate && actor != subject->author)) {
        return;
    }
    const bool already = std::ranges::any_of(model.posts, [&](const auto& entry) {
        return entry.second.author == actor && entry.second.boost_of == subject->id;
    });
    if (already && random.chance(0.5)) {
        const auto undone =
            kit::run(world.services->posts.unboost(AccountId(actor), PostId(subject->id)));
        ASSERT_TRUE(undone) << undone.error().message;
        const std::uint64_t id = subject->id;
        std::erase_if(model.posts, [&](const auto& entry) {
            return entry.second.author == actor && entry.second.boost_of == id;
        });
        return;
    }
    const auto made = kit::run(
        world.services->posts.boost(AccountId(actor), PostId(subject->id), Visibility::kPublic)
    );
    ASSERT_TRUE(made) << made.error().message;
    const std::uint64_t id = (*made)->id.value;
    model.posts[id] = {
        .id = id,
        .author = actor,
        .visibility = (*made)->visibility,
        .boost_of = subject->id,
    };
}

void FeedHistory::follow(std::uint64_t actor, std::uint64_t target) {
    if (actor == target || model.blocks[actor].contains(target) ||
        model.blocks[target].contains(actor) || model.suspended.contains(target)) {
        return;
    }
    const bool shows_boosts = random.chance(0.8);
    const auto done = kit::run(world.services->follows.follow(
        AccountId(actor), AccountId(target), {.show_boosts = shows_boosts}
    ));
    ASSERT_TRUE(done) << done.error().message;
    model.follows[actor].insert(target);
    if (shows_boosts) {
        model.hidden_boosts[actor].erase(target);
    } else {
        model.hidden_boosts[actor].insert(target);
    }
}

void FeedHistory::unfollow() {
    std::uint64_t actor = somebody();
    std::uint64_t target = somebody();
    if (!model.lists.empty() && random.chance(0.4)) {
        // A member of a list leaves it for good, also if followed again.
        const FeedModel::List& list = some_list();
        actor = list.owner;
        target = list.members.empty() ? target : *list.members.begin();
    }
    if (actor == target) {
        return;
    }
    const auto done =
        kit::run(world.services->follows.unfollow(AccountId(actor), AccountId(target)));
    ASSERT_TRUE(done) << done.error().message;
    model.unfollow(actor, target);
    if (random.chance(0.4)) {
        follow(actor, target);
    }
}

void FeedHistory::follow_or_unfollow_tag() {
    const std::uint64_t actor = somebody();
    const std::string tag = kTags.at(random.below(kTags.size()));
    const auto& hashtags = world.services->hashtags;
    concern(actor);
    if (model.tags[actor].erase(tag) > 0) {
        ASSERT_TRUE(kit::run(hashtags.unfollow(AccountId(actor), tag)));
    } else {
        ASSERT_TRUE(kit::run(hashtags.follow(AccountId(actor), tag)));
        model.tags[actor].insert(tag);
    }
}

void FeedHistory::make_or_change_list() {
    auto& lists = world.services->lists;
    social::ListChanges changes{
        .title = "list",
        .replies = static_cast<social::RepliesPolicy>(random.below(3)),
        .exclusive = random.chance(0.5),
    };
    FeedModel::List entry{
        .owner = somebody(), .replies = *changes.replies, .exclusive = *changes.exclusive
    };
    if (model.lists.size() < kListsMax) {
        const auto made = kit::run(lists.create(AccountId(entry.owner), changes));
        ASSERT_TRUE(made) << made.error().message;
        entry.id = made->id.value;
        model.lists.push_back(entry);
        return;
    }
    FeedModel::List& list = some_list();
    concern(list.owner);
    if (random.chance(0.2)) {
        ASSERT_TRUE(kit::run(lists.remove(AccountId(list.owner), ListId(list.id))));
        std::erase_if(model.lists, [id = list.id](const auto& other) { return other.id == id; });
        return;
    }
    ASSERT_TRUE(kit::run(lists.update(AccountId(list.owner), ListId(list.id), changes)));
    list.replies = entry.replies;
    list.exclusive = entry.exclusive;
}

void FeedHistory::add_or_remove_member() {
    if (model.lists.empty()) {
        return;
    }
    FeedModel::List& list = some_list();
    concern(list.owner);
    const std::uint64_t member = somebody();
    auto& lists = world.services->lists;
    const AccountId owner(list.owner);
    if (list.members.contains(member) && random.chance(0.3)) {
        ASSERT_TRUE(kit::run(lists.remove_members(owner, ListId(list.id), {AccountId(member)})));
        list.members.erase(member);
        return;
    }
    const bool may = (member == list.owner || model.follows[list.owner].contains(member)) &&
                     !list.members.contains(member);
    const auto added = kit::run(lists.add_members(owner, ListId(list.id), {AccountId(member)}));
    ASSERT_EQ(static_cast<bool>(added), may) << list.owner << " adds " << member;
    if (may) {
        list.members.insert(member);
    }
}

void FeedHistory::remove() {
    const FeedModel::Post* victim = some_post();
    if (victim == nullptr || victim->boost_of != 0) {
        return;
    }
    const std::uint64_t id = victim->id;
    const auto done = kit::run(world.services->posts.remove(AccountId(victim->author), PostId(id)));
    ASSERT_TRUE(done) << done.error().message;
    model.remove(id);
}

void FeedHistory::narrow() {
    const FeedModel::Post* chosen = some_post();
    if (chosen == nullptr || chosen->boost_of != 0) {
        return;
    }
    const auto narrower =
        static_cast<Visibility>(std::min(3, static_cast<int>(chosen->visibility) + 1));
    const auto done = kit::run(world.services->posts.edit(
        AccountId(chosen->author), PostId(chosen->id), {.visibility = narrower}
    ));
    ASSERT_TRUE(done) << done.error().message;
    model.posts[chosen->id].visibility = narrower;
}

void FeedHistory::mute_or_unmute() {
    const std::uint64_t actor = somebody();
    const std::uint64_t target = somebody();
    if (actor == target) {
        return;
    }
    auto& follows = world.services->follows;
    if (model.mutes[actor].erase(target) > 0) {
        ASSERT_TRUE(kit::run(follows.unmute(AccountId(actor), AccountId(target))));
    } else {
        ASSERT_TRUE(kit::run(follows.mute(AccountId(actor), AccountId(target), true, 0)));
        model.mutes[actor].insert(target);
    }
}

void FeedHistory::block_or_unblock() {
    const std::uint64_t actor = somebody();
    const std::uint64_t target = somebody();
    if (actor == target) {
        return;
    }
    auto& follows = world.services->follows;
    if (model.blocks[actor].erase(target) > 0) {
        ASSERT_TRUE(kit::run(follows.unblock(AccountId(actor), AccountId(target))));
    } else {
        ASSERT_TRUE(kit::run(follows.block(AccountId(actor), AccountId(target))));
        model.block(actor, target);
    }
}

void FeedHistory::suspend_or_return() {
    const std::uint64_t who = somebody();
    const bool suspends = !model.suspended.contains(who);
    const auto done =
        kit::run(world.services->accounts.update(AccountId(who), {.suspended = suspends}));
    ASSERT_TRUE(done) << done.error().message;
    if (suspends) {
        model.suspended.insert(who);
    } else {
        model.suspended.erase(who);
    }
}

}  // namespace rookery::sim
