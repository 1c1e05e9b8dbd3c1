#pragma once

#include "discover/trends/trends.h"
#include "kit/must.h"
#include "kit/post_services.h"
#include "kit/task_driver.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover::trends {

using kit::must;

/// People and what trends among them, over a store in memory, wired as the server wires it.
class Town : public kit::PostServices {
public:
    static constexpr UnixMs kHourMs = 3'600'000;

    explicit Town(TrendLimits limits = {}) : limits_(limits) { restart(); }

    /// Whatever was in memory is gone.
    void restart() {
        trends_ =
            std::make_unique<Trends>(limits_, environment_, store_, accounts_, posts_, timelines_);
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
    std::unique_ptr<Trends> trends_;
    ports::EventId handled_ = 0;
    std::vector<AccountId> listeners_;
};

}  // namespace rookery::discover::trends
