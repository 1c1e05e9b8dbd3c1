#include "social/accounts_state.h"
#include "social/accounts_test_fixture.h"

#include <gmock/gmock.h>

namespace rookery::social {
namespace {

using testing::HasSubstr;

TEST_F(AccountsTest, OpensWithTheRightPasswordByNameOrEmail) {
    ASSERT_TRUE(kit::run(accounts_->create(
        {.username = "Bob", .email = "Bob@Home.example", .password = "correct horse"}
    )));
    for (const char* login : {"bob", " BOB ", "@bob", "bob@home.EXAMPLE"}) {
        const auto account = kit::run(accounts_->check_password(login, "correct horse"));
        ASSERT_TRUE(account) << login;
        EXPECT_EQ((*account)->username, "Bob");
    }
    const AccountId bob = (*kit::run(accounts_->find_by_name("bob")))->id;
    EXPECT_EQ(*kit::run(accounts_->email(bob)), "Bob@Home.example");
}

TEST_F(AccountsTest, SaysTheSameOfAWrongPasswordAndAnUnknownName) {
    ASSERT_TRUE(kit::run(accounts_->create({.username = "bob", .password = "correct horse"})));
    create("nopassword");
    const auto wrong = kit::run(accounts_->check_password("bob", "wrong horse"));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::kUnauthenticated);
    for (const char* login : {"nobody", "x@y.example", "", "@", "nopassword"}) {
        for (const char* password : {"correct horse", ""}) {
            const auto result = kit::run(accounts_->check_password(login, password));
            ASSERT_FALSE(result) << login;
            EXPECT_EQ(result.error().code, ErrorCode::kUnauthenticated);
            EXPECT_EQ(result.error().message, wrong.error().message);
        }
    }
    EXPECT_FALSE(kit::run(accounts_->check_password("bob", std::string(2000, 'x'))));
}

TEST_F(AccountsTest, LetsASuspendedAccountInNotEvenWithItsPassword) {
    const auto bob = kit::run(accounts_->create({.username = "bob", .password = "correct horse"}));
    AccountChanges suspend;
    suspend.suspended = true;
    ASSERT_TRUE(kit::run(accounts_->update((*bob)->id, suspend)));
    EXPECT_EQ(
        kit::run(accounts_->check_password("bob", "correct horse")).error().code,
        ErrorCode::kForbidden
    );
    EXPECT_EQ(
        kit::run(accounts_->check_password("bob", "wrong horse")).error().code,
        ErrorCode::kUnauthenticated
    );
}

TEST_F(AccountsTest, ReplacesAPassword) {
    const auto bob = kit::run(accounts_->create({.username = "bob", .password = "correct horse"}));
    const AccountId id = (*bob)->id;
    ASSERT_TRUE(kit::run(accounts_->set_password(id, "battery staple")));
    EXPECT_FALSE(kit::run(accounts_->check_password("bob", "correct horse")));
    EXPECT_TRUE(kit::run(accounts_->check_password("bob", "battery staple")));
    EXPECT_EQ(
        kit::run(accounts_->set_password(id, "short")).error().message,
        "Validation failed: Password is too short (minimum is 8 characters)"
    );
    EXPECT_EQ(
        kit::run(accounts_->set_password(AccountId(3), "battery staple")).error().code,
        ErrorCode::kNotFound
    );
}

TEST_F(AccountsTest, HashesAnewAtSignInWhenTheCostWasRaised) {
    const auto bob = kit::run(accounts_->create({.username = "bob", .password = "correct horse"}));
    const ports::Key key = credentials_key((*bob)->id);
    AccountLimits raised = limits();
    raised.password_cost = {2, 16384};
    make_accounts(raised);
    EXPECT_FALSE(kit::run(accounts_->check_password("bob", "wrong horse")));
    EXPECT_THAT(**kit::run(store_.get(key)), HasSubstr("m=8,t=1"));
    EXPECT_TRUE(kit::run(accounts_->check_password("bob", "correct horse")));
    EXPECT_THAT(**kit::run(store_.get(key)), HasSubstr("m=16,t=2"));
    EXPECT_TRUE(kit::run(accounts_->check_password("bob", "correct horse")));
}

}  // namespace
}  // namespace rookery::social
