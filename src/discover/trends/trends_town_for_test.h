#pragma once

#include "base/blocking_pool.h"
#include "discover/trends/trends.h"
#include "feed/cards.h"
#include "feed/timelines.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/event.h"
#include "social/follows.h"
#include "social/reactions.h"

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover::trends {

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
}

/// People and what trends among them, over a store in memory, wired as the server wires it.
class Town {
public:
    static constexpr UnixMs kHourMs = 3'600'000;

    explicit Town(TrendLimits limits = {}) : limits_(limits) {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = *social::decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                cards_.on_committed(event);
                reactions_.on_committed(event);
            }
        });
        restart();
    }

    /// Whatever was in memory is gone.
    void restart() {
        trends_ = std::make_unique<Trends>(limits_, environment_, accounts_, posts_, timelines_);
        handled_ = store_.horizon();
        must(kit::run(trends_->start()));
        settle();
    }
    void restart(TrendLimits limits) {
        limits_ = limits;
        restart();
    }

    AccountId person(const std::string& name) {
        return must(kit::run(accounts_.create({.username = name})))->id;
    }
    /// People who are here long enough, each followed by the same twenty who only listen.
    std::vector<AccountId> citizens(const std::string& name, std::size_t count) {
        if (listeners_.empty()) {
            listeners_ = people("listener", 20);
        }
        auto made = people(name, count);
        for (const AccountId one : made) {
            for (const AccountId listener : listeners_) {
                follow(listener, one);
            }
        }
        age();
        return made;
    }
    std::vector<AccountId> people(const std::string& name, std::size_t count) {
        std::vector<AccountId> made;
        for (std::size_t i = 0; i < count; ++i) {
            made.push_back(person(name + std::to_string(i)));
        }
        return made;
    }
    void age() { clock_.advance_ms(2 * limits_.crowd.account_age_full_ms); }

    void follow(AccountId actor, AccountId target) {
        must(kit::run(follows_.follow(actor, target, {})));
    }
    void change(AccountId account, social::AccountChanges changes) {
        must(kit::run(accounts_.update(account, std::move(changes))));
    }
    void suspend(AccountId account, bool suspended = true) {
        social::AccountChanges changes;
        changes.suspended = suspended;
        change(account, std::move(changes));
    }

    static social::NewPost draft(AccountId author, std::string text) {
        social::NewPost post;
        post.author = author;
        post.text = std::move(text);
        return post;
    }
    social::PostPtr post(social::NewPost draft) {
        clock_.advance_ms(10);
        return must(kit::run(posts_.create(std::move(draft))));
    }
    social::PostPtr post(AccountId author, std::string text) {
        return post(draft(author, std::move(text)));
    }
    social::PostPtr boost(AccountId actor, const social::PostPtr& post) {
        clock_.advance_ms(10);
        return must(kit::run(posts_.boost(actor, post->id, social::Visibility::kPublic)));
    }
    void favourite(AccountId actor, const social::PostPtr& post) {
        clock_.advance_ms(10);
        must(kit::run(reactions_.favourite(actor, post)));
    }
    void remove(const social::PostPtr& post) {
        must(kit::run(posts_.remove(post->author, post->id)));
    }
    void edit(const social::PostPtr& post, social::PostChanges changes) {
        must(kit::run(posts_.edit(post->author, post->id, std::move(changes))));
    }
    social::ViewerPtr viewer(AccountId account) {
        return account ? must(kit::run(viewers_.find(account))) : nullptr;
    }

    /// What happened is heard of.
    void drain() {
        for (;;) {
            const auto events = must(kit::run(store_.read_events(handled_, 100)));
            if (events.empty()) {
                return;
            }
            static_cast<void>(must(kit::run(trends_->consumer().handle(events))));
            handled_ = events.back().id;
        }
    }
    void settle() {
        while (must(kit::run(trends_->work()))) {
        }
    }
    /// What happened is heard of and judged.
    void judge() {
        drain();
        clock_.advance_ms(limits_.refresh_interval.count());
        settle();
    }

    std::vector<std::string> names(Kind kind, const std::vector<std::string>& languages = {}) {
        std::vector<std::string> found;
        for (const Trend& trend : trends_->list(kind, Audience::kEverybody, languages)) {
            found.push_back(trend.name);
        }
        return found;
    }
    std::vector<std::string> tags() { return names(Kind::kTag); }
    std::vector<std::string> links() { return names(Kind::kLink); }
    /// As somebody sees them; 0: signed out.
    std::vector<PostId> posts(AccountId reader = {}, std::vector<std::string> languages = {}) {
        const auto page =
            must(kit::run(trends_->posts(viewer(reader), Audience::kEverybody, std::move(languages))
            ));
        std::vector<PostId> ids;
        for (const feed::Item& item : page) {
            ids.push_back(item.post->id);
        }
        return ids;
    }

    TrendLimits limits_;
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
    social::Reactions reactions_{environment_, posts_};
    feed::Cards cards_{accounts_, posts_};
    feed::Timelines timelines_{environment_, cards_, sequence_};
    std::unique_ptr<Trends> trends_;
    ports::EventId handled_ = 0;
    std::vector<AccountId> listeners_;
};

}  // namespace rookery::discover::trends
