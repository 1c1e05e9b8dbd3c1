#include "social/sessions_test_fixture.h"
#include "social/tables.h"

#include <algorithm>

namespace rookery::social {
namespace {

class SweptAppsTest : public SessionsTest {
protected:
    std::string add_app() {
        return kit::run(sessions_->register_app(
                            {.name = "App", .redirect_uris = {"a:b"}, .scopes = "read"}
                        ))
            ->client_id;
    }
    bool is_there(const std::string& client_id) {
        const bool cached = kit::run(sessions_->find_app(client_id)).has_value();
        restart();
        EXPECT_EQ(kit::run(sessions_->find_app(client_id)).has_value(), cached);
        return cached;
    }
    IssuedToken issue_of(const std::string& client_id, AccountId account) {
        return *kit::run(
            sessions_->issue({.account = account, .client_id = client_id, .scopes = "read"})
        );
    }
    std::string grant_of(const std::string& client_id) {
        return *kit::run(sessions_->grant({.client_id = client_id, .account = bob_}));
    }
    void let_time_pass() { clock_.advance_ms(SessionLimits().unused_app_seconds * 1000 + 1); }
};

TEST_F(SweptAppsTest, AnAppThatNobodyUsesGoesInTime) {
    const std::string unused = add_app();
    clock_.advance_ms(SessionLimits().unused_app_seconds * 1000 - 1);
    add_app();
    EXPECT_TRUE(is_there(unused));
    clock_.advance_ms(2);
    const std::string young = add_app();
    EXPECT_FALSE(is_there(unused));
    EXPECT_TRUE(is_there(young));
}

TEST_F(SweptAppsTest, AnAppWithALivingTokenStaysUntilThatIsOver) {
    const std::string used = add_app();
    const std::string other = add_app();
    const IssuedToken first = issue_of(used, bob_);
    issue_of(used, bob_);
    ASSERT_TRUE(kit::run(sessions_->revoke(first.token, used)));
    for (int i = 0; i < 3; ++i) {
        let_time_pass();
        add_app();
        EXPECT_TRUE(is_there(used)) << i;
    }
    EXPECT_FALSE(is_there(other));
    ASSERT_TRUE(kit::run(sessions_->revoke_all(bob_)));
    let_time_pass();
    add_app();
    EXPECT_FALSE(is_there(used));
}

TEST_F(SweptAppsTest, AnAppWithAnOpenAuthorizationStays) {
    const std::string client_id = add_app();
    clock_.advance_ms(SessionLimits().unused_app_seconds * 1000 - 1000);
    const std::string code = grant_of(client_id);
    clock_.advance_ms(2000);
    add_app();
    EXPECT_TRUE(is_there(client_id));
    ASSERT_TRUE(kit::run(sessions_->redeem(code)));
    let_time_pass();
    add_app();
    EXPECT_FALSE(is_there(client_id));
}

TEST_F(SweptAppsTest, AnAuthorizationThatNobodyRedeemedDoesNotKeepAnApp) {
    const std::string client_id = add_app();
    grant_of(client_id);
    let_time_pass();
    grant_of("another");
    add_app();
    EXPECT_FALSE(is_there(client_id));
}

TEST_F(SweptAppsTest, EachNewAppLooksAtAFewOnly) {
    std::vector<std::string> unused;
    for (int i = 0; i < 10; ++i) {
        unused.push_back(add_app());
    }
    let_time_pass();
    const auto left = [&] {
        return std::ranges::count_if(unused, [&](const auto& id) { return is_there(id); });
    };
    add_app();
    EXPECT_EQ(left(), 6);
    add_app();
    add_app();
    EXPECT_EQ(left(), 0);
}

TEST_F(SweptAppsTest, NothingIsIssuedToAnAppThatIsGone) {
    const std::string client_id = add_app();
    ASSERT_TRUE(kit::run(sessions_->find_app(client_id)));
    // Another process, so to speak, swept it: this one still has it in memory.
    ports::Batch batch;
    batch.erase({tables::kApps, client_id, {}});
    ASSERT_TRUE(kit::run(store_.commit(std::move(batch))));
    const auto issued = kit::run(sessions_->issue({.account = bob_, .client_id = client_id}));
    ASSERT_FALSE(issued);
    EXPECT_EQ(issued.error().code, ErrorCode::kNotFound);
    const auto granted = kit::run(sessions_->grant({.client_id = client_id, .account = bob_}));
    ASSERT_FALSE(granted);
    EXPECT_EQ(granted.error().code, ErrorCode::kNotFound);
}

TEST_F(SweptAppsTest, TokensOfAppsThemselvesEndByAge) {
    const std::string client_id = add_app();
    const std::string own = issue_of(client_id, AccountId{}).token;
    const std::string persons = issue_of(client_id, bob_).token;
    ASSERT_TRUE(opens(own));
    clock_.advance_ms(SessionLimits().app_token_seconds * 1000 - 1);
    issue_of(client_id, AccountId{});
    EXPECT_TRUE(opens(own));
    clock_.advance_ms(2);
    issue_of(client_id, AccountId{});
    EXPECT_EQ(refusal(own), ErrorCode::kUnauthenticated);
    restart();
    EXPECT_EQ(refusal(own), ErrorCode::kUnauthenticated);
    EXPECT_TRUE(opens(persons));
}

}  // namespace
}  // namespace rookery::social
