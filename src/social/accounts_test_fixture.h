#pragma once

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/accounts.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {

/// Accounts on a store in memory, and the events that they committed.
class AccountsTest : public testing::Test {
protected:
    AccountsTest() { make_accounts(limits()); }

    static AccountLimits limits() {
        AccountLimits limits;
        limits.password_cost = {1, 8192};
        return limits;
    }

    void make_accounts(AccountLimits limits) {
        accounts_ = std::make_unique<Accounts>(
            Environment{store_, clock_, ids_, pool_, "home.example"}, limits
        );
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                seen_.push_back(*decode(stored.event));
                accounts_->on_committed(seen_.back());
            }
        });
    }

    AccountPtr create(const std::string& username) {
        const auto made = kit::run(accounts_->create({.username = username}));
        EXPECT_TRUE(made) << made.error().message;
        return *made;
    }
    std::string create_error(NewAccount account) {
        const auto made = kit::run(accounts_->create(std::move(account)));
        return made ? "" : made.error().message;
    }
    std::string update_error(AccountId id, AccountChanges changes) {
        const auto updated = kit::run(accounts_->update(id, std::move(changes)));
        return updated ? "" : updated.error().message;
    }
    AccountCounts counts(AccountId id) { return kit::run(accounts_->counts({id}))->at(0); }

    void commit(ports::Batch batch) { ASSERT_TRUE(kit::run(store_.commit(std::move(batch)))); }

    kit::ManualClock clock_;
    kit::MemoryStore store_;
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{2};
    std::unique_ptr<Accounts> accounts_;
    std::vector<SocialEvent> seen_;
};

}  // namespace rookery::social
