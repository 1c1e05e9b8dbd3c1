#include "base/encoding.h"
#include "kit/run_together.h"
#include "social/sessions_test_fixture.h"
#include "social/tables.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace rookery::social {
namespace {

TEST_F(SessionsTest, KnowsTheSessionOfAToken) {
    const IssuedToken issued = issue(bob_);
    EXPECT_EQ(issued.session->account, bob_);
    EXPECT_EQ(issued.session->created_at_ms, clock_.now_ms());
    EXPECT_TRUE(issued.session->token_id);
    EXPECT_EQ(**kit::run(sessions_->authenticate(issued.token)), *issued.session);
    restart();
    EXPECT_EQ(**kit::run(sessions_->authenticate(issued.token)), *issued.session);
    EXPECT_EQ(refusal("wrong"), ErrorCode::kUnauthenticated);
    EXPECT_EQ(refusal(""), ErrorCode::kUnauthenticated);
}

TEST_F(SessionsTest, StoresNoTokenInClear) {
    const IssuedToken issued = issue(bob_);
    for (const auto& [key, value] : store_.rows()) {
        EXPECT_EQ(key.partition.find(issued.token), std::string::npos);
        EXPECT_EQ(value.find(issued.token), std::string::npos);
    }
}

TEST_F(SessionsTest, ReadsACachedSessionWithoutTheStore) {
    const IssuedToken issued = issue(bob_);
    EXPECT_TRUE(opens(issued.token));
    const std::size_t reads = store_.reads();
    EXPECT_TRUE(opens(issued.token));
    EXPECT_EQ(store_.reads(), reads);
}

TEST_F(SessionsTest, TakesAPrescribedTokenOnce) {
    EXPECT_EQ(issue(bob_, "prescribed").token, "prescribed");
    EXPECT_TRUE(opens("prescribed"));
    const auto again = kit::run(sessions_->issue({.account = AccountId(1)}, "prescribed"));
    EXPECT_EQ(again.error().code, ErrorCode::kConflict);
    EXPECT_EQ((*kit::run(sessions_->authenticate("prescribed")))->account, bob_);
}

TEST_F(SessionsTest, RefusesATokenOnceRevokeHasReturned) {
    const IssuedToken issued = issue(bob_);
    const IssuedToken other = issue(bob_);
    EXPECT_TRUE(opens(issued.token));
    ASSERT_TRUE(kit::run(sessions_->revoke(issued.token, "client")));
    EXPECT_EQ(refusal(issued.token), ErrorCode::kUnauthenticated);
    EXPECT_TRUE(opens(other.token));
    const SocialEvent event{
        .type = EventType::kTokenRevoked, .actor = bob_, .ref = issued.session->token_id.value
    };
    EXPECT_EQ(seen_, std::vector{event});
    ASSERT_TRUE(kit::run(sessions_->revoke(issued.token, "client"))) << "again is no error";
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(SessionsTest, LetsNoOtherAppRevoke) {
    const IssuedToken issued = issue(bob_);
    EXPECT_EQ(
        kit::run(sessions_->revoke(issued.token, "another")).error().code, ErrorCode::kForbidden
    );
    EXPECT_TRUE(opens(issued.token));
    EXPECT_TRUE(kit::run(sessions_->revoke("never issued", "another")));
}

TEST_F(SessionsTest, RevokesByIdOnlyItsOwnersSessions) {
    const IssuedToken issued = issue(bob_);
    const TokenId id = issued.session->token_id;
    EXPECT_EQ(
        kit::run(sessions_->revoke_by_id(AccountId(3), id)).error().code, ErrorCode::kNotFound
    );
    EXPECT_TRUE(opens(issued.token));
    ASSERT_TRUE(kit::run(sessions_->revoke_by_id(bob_, id)));
    EXPECT_FALSE(opens(issued.token));
    EXPECT_EQ(kit::run(sessions_->revoke_by_id(bob_, id)).error().code, ErrorCode::kNotFound);
    EXPECT_TRUE(kit::run(sessions_->list(bob_))->empty());
}

TEST_F(SessionsTest, RevokesAllOfAnAccountHoweverMany) {
    std::vector<IssuedToken> all;
    for (int i = 0; i < 450; ++i) {
        all.push_back(issue(bob_));
        EXPECT_TRUE(opens(all.back().token));
    }
    const IssuedToken other = issue(AccountId(3));
    ASSERT_TRUE(kit::run(sessions_->revoke_all(bob_)));
    for (const IssuedToken& issued : all) {
        EXPECT_FALSE(opens(issued.token));
    }
    EXPECT_TRUE(opens(other.token));
    EXPECT_EQ(seen_.size(), 450U);
    EXPECT_TRUE(opens(issue(bob_).token)) << "a new sign-in is possible";
}

TEST_F(SessionsTest, ListsNewestFirst) {
    const TokenId first = issue(bob_).session->token_id;
    clock_.advance_ms(5);
    const TokenId second = issue(bob_).session->token_id;
    issue(AccountId(3));
    issue(AccountId());
    const auto listed = *kit::run(sessions_->list(bob_));
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0]->token_id, second);
    EXPECT_EQ(listed[1]->token_id, first);
    EXPECT_TRUE(kit::run(sessions_->list(AccountId()))->empty()) << "apps' own tokens are nobody's";
}

// A token is revoked while others look it up: none may put it into the cache for good.
TEST_F(SessionsTest, NeverCachesASessionThatWasRevokedMeanwhile) {
    for (int round = 0; round < 20; ++round) {
        const IssuedToken issued = issue(bob_);
        store_.yield_on_calls(true);
        std::vector<Task<bool>> tasks;
        const auto look = [](Sessions* sessions, std::string token, int waits) -> Task<bool> {
            for (int i = 0; i < waits; ++i) {
                static_cast<void>(co_await sessions->authenticate("unknown"));
            }
            const auto found = co_await sessions->authenticate(token);
            co_return found.has_value();
        };
        const auto revoke = [](Sessions* sessions, std::string token, int waits) -> Task<bool> {
            for (int i = 0; i < waits; ++i) {
                static_cast<void>(co_await sessions->authenticate("unknown"));
            }
            const auto done = co_await sessions->revoke(token, "client");
            co_return done.has_value();
        };
        tasks.push_back(revoke(sessions_.get(), issued.token, round % 5));
        for (int i = 0; i < 6; ++i) {
            tasks.push_back(look(sessions_.get(), issued.token, i));
        }
        EXPECT_TRUE(kit::run_together(std::move(tasks))[0]);
        store_.yield_on_calls(false);
        EXPECT_FALSE(opens(issued.token));
    }
}

TEST_F(SessionsTest, RegistersAppsAndFindsThem) {
    const App app = *kit::run(sessions_->register_app(
        {.name = "Tusk",
         .website = "https://tusk.example",
         .redirect_uris = {"tusk://callback"},
         .scopes = "read write:statuses"}
    ));
    EXPECT_GE(app.client_id.size(), 40U);
    EXPECT_GE(app.client_secret.size(), 40U);
    EXPECT_NE(app.client_id, app.client_secret);
    EXPECT_EQ(*kit::run(sessions_->find_app(app.client_id)), app);
    EXPECT_EQ(*kit::run(sessions_->find_app(app.client_id)), app) << "from the cache";
    restart();
    EXPECT_EQ(*kit::run(sessions_->find_app(app.client_id)), app);
    EXPECT_EQ(kit::run(sessions_->find_app("x")).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(
        kit::run(sessions_->find_app(std::string(1000, 'x'))).error().code, ErrorCode::kNotFound
    );
}

TEST_F(SessionsTest, NamesTheFieldThatAnAppHasWrong) {
    using testing::HasSubstr;
    const NewApp good{
        .name = "a", .redirect_uris = {"urn:ietf:wg:oauth:2.0:oob"}, .scopes = "read"
    };
    EXPECT_EQ(register_error(good), "");
    NewApp app = good;
    app.name = "";
    EXPECT_THAT(register_error(app), HasSubstr("Name can't be blank"));
    app = good;
    app.redirect_uris = {};
    EXPECT_THAT(register_error(app), HasSubstr("Redirect URI can't be blank"));
    app = good;
    app.scopes = "read everything";
    EXPECT_THAT(register_error(app), HasSubstr("Scopes"));
    app = good;
    app.website = std::string(2001, 'x');
    EXPECT_THAT(register_error(app), HasSubstr("Website"));
}

Grant sample_grant() {
    return {
        .client_id = "client",
        .account = AccountId(20),
        .redirect_uri = "https://a.example/cb",
        .scopes = "read",
        .code_challenge = "challenge",
    };
}

TEST_F(SessionsTest, RedeemsAGrantOnce) {
    const std::string code = *kit::run(sessions_->grant(sample_grant()));
    const Grant redeemed = *kit::run(sessions_->redeem(code));
    Grant expected = sample_grant();
    expected.expires_at_ms = clock_.now_ms() + 600'000;
    EXPECT_EQ(redeemed, expected);
    EXPECT_EQ(kit::run(sessions_->redeem(code)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(sessions_->redeem("guess")).error().code, ErrorCode::kNotFound);
    EXPECT_TRUE(store_.rows().empty());
}

TEST_F(SessionsTest, RedeemsAGrantForOneOfManyAtOnce) {
    const std::string code = *kit::run(sessions_->grant(sample_grant()));
    store_.yield_on_calls(true);
    std::vector<Task<Result<Grant>>> tasks;
    for (int i = 0; i < 5; ++i) {
        tasks.push_back(sessions_->redeem(code));
    }
    int redeemed = 0;
    for (const auto& result : kit::run_together(std::move(tasks))) {
        redeemed += result ? 1 : 0;
    }
    EXPECT_EQ(redeemed, 1);
}

TEST_F(SessionsTest, RedeemsNoGrantThatIsOver) {
    const std::string code = *kit::run(sessions_->grant(sample_grant()));
    Grant longer = sample_grant();
    longer.expires_at_ms = clock_.now_ms() + 86'400'000;
    const std::string long_code = *kit::run(sessions_->grant(longer));
    clock_.advance_ms(600'000);
    EXPECT_EQ(kit::run(sessions_->redeem(code)).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(sessions_->redeem(long_code)).error().code, ErrorCode::kNotFound)
        << "ten minutes is the most";
    EXPECT_TRUE(store_.rows().empty()) << "an attempt ends a grant";
}

TEST_F(SessionsTest, KeepsFewOfTheGrantsThatNobodyRedeems) {
    constexpr std::size_t kAnHour = 60;
    for (std::size_t minute = 0; minute < kAnHour; ++minute) {
        ASSERT_TRUE(kit::run(sessions_->grant(sample_grant())));
        clock_.advance_ms(60'000);
    }
    EXPECT_LE(store_.rows().size(), 22U) << "two rows for each of ten minutes, and the newest";
    const std::string code = *kit::run(sessions_->grant(sample_grant()));
    EXPECT_TRUE(kit::run(sessions_->redeem(code))) << "those that are not over are left alone";
}

TEST_F(SessionsTest, RemembersWhenATokenWasUsed) {
    const IssuedToken issued = issue(bob_);
    const TokenId id = issued.session->token_id;
    const auto last_use = [&] { return kit::run(sessions_->last_uses({id}))->front(); };
    EXPECT_EQ(last_use(), 0);
    ASSERT_TRUE(opens(issued.token));
    const UnixMs first = clock_.now_ms();
    clock_.advance_ms(60'000);
    ASSERT_TRUE(opens(issued.token));
    EXPECT_EQ(last_use(), clock_.now_ms());
    restart();
    EXPECT_EQ(last_use(), first) << "the store is told once a day";
    clock_.advance_ms(24LL * 3'600'000);
    ASSERT_TRUE(opens(issued.token));
    restart();
    EXPECT_EQ(last_use(), clock_.now_ms());
    ASSERT_TRUE(kit::run(sessions_->revoke_by_id(bob_, id)));
    restart();
    EXPECT_EQ(last_use(), 0);
}

}  // namespace
}  // namespace rookery::social
