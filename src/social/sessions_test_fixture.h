#pragma once

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/sessions.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace rookery::social {

class SessionsTest : public testing::Test {
protected:
    SessionsTest() { restart(); }

    void restart() {
        sessions_ = std::make_unique<Sessions>(Environment{store_, clock_, ids_, pool_});
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                seen_.push_back(*decode(stored.event));
                sessions_->on_committed(seen_.back());
            }
        });
    }

    IssuedToken issue(AccountId account, const std::string& token = {}) {
        Session session{
            .account = account, .client_id = "client", .app_name = "App", .scopes = "read"
        };
        return *kit::run(sessions_->issue(session, token));
    }
    ErrorCode refusal(const std::string& token) {
        const auto result = kit::run(sessions_->authenticate(token));
        return result ? ErrorCode{} : result.error().code;
    }
    bool opens(const std::string& token) {
        return kit::run(sessions_->authenticate(token)).has_value();
    }
    std::string register_error(NewApp app) {
        const auto made = kit::run(sessions_->register_app(std::move(app)));
        return made ? "" : made.error().message;
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_;
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{1};
    std::unique_ptr<Sessions> sessions_;
    std::vector<SocialEvent> seen_;
    const AccountId bob_{20};
};

}  // namespace rookery::social
