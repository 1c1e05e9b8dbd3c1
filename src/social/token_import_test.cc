#include "social/token_import.h"

#include "base/encoding.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/accounts.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::social {
namespace {

class TokenImportTest : public testing::Test {
protected:
    TokenImportTest() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                sessions_.on_committed(decode(stored.event).value());
            }
        });
        for (const std::uint64_t id : {1, 2}) {
            const auto name = "p" + std::to_string(id);
            EXPECT_TRUE(kit::run(accounts_.create({.username = name, .id = AccountId(id)})));
        }
    }
    Result<ImportProgress> import(const std::string& name, std::vector<ImportedToken> tokens) {
        TokenImport import(environment_, name, {.client_id = "operator", .scopes = "read"});
        EXPECT_TRUE(kit::run(import.begin()));
        const std::size_t lines = tokens.size();
        if (auto added = kit::run(import.add(std::move(tokens), lines)); !added) {
            return std::move(added).error();
        }
        return import.progress();
    }
    AccountId holder(const std::string& token) {
        const auto session = kit::run(sessions_.authenticate(token));
        return session ? (*session)->account : AccountId();
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator generator_{clock_, 1, 42};
    BlockingPool pool_{1};
    Environment environment_{store_, clock_, generator_, pool_};
    Accounts accounts_{environment_, {}};
    Sessions sessions_{environment_};
};

TEST_F(TokenImportTest, MakesSessionsOfWhichOnlyTheHashIsStored) {
    const auto done =
        import("t", {{AccountId(1), "first-token"}, {AccountId(2), "b"}, {AccountId(1), "c"}});
    EXPECT_EQ(done.value(), (ImportProgress{.lines = 3, .made = 3}));
    EXPECT_EQ(holder("first-token"), AccountId(1));
    EXPECT_EQ(holder("b"), AccountId(2));
    EXPECT_EQ(holder("d"), AccountId());
    EXPECT_EQ(kit::run(sessions_.list(AccountId(1))).value().size(), 2U);
    const auto session = kit::run(sessions_.authenticate("c")).value();
    EXPECT_EQ(session->scopes, "read");
    EXPECT_EQ(session->created_at_ms, clock_.now_ms());
    for (const auto& [key, value] : store_.rows()) {
        EXPECT_FALSE((key.partition + key.sort + value).contains("first-token"));
    }
    ASSERT_TRUE(kit::run(sessions_.revoke_by_id(AccountId(1), session->token_id)));
    EXPECT_EQ(holder("c"), AccountId());
}

TEST_F(TokenImportTest, SkipsWhatTheAccountHasAndRefusesWhatAnotherHas) {
    ASSERT_TRUE(import("t", {{AccountId(1), "one"}}));
    const auto again =
        import("u", {{AccountId(1), "one"}, {AccountId(2), "n"}, {AccountId(2), "n"}});
    EXPECT_EQ(again.value(), (ImportProgress{.lines = 3, .made = 1, .skipped = 2}));
    for (const std::string token : {"one", "new"}) {
        const auto refused = import("v", {{AccountId(2), token}, {AccountId(1), "new"}});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
        EXPECT_TRUE(refused.error().message.contains("another's")) << refused.error().message;
    }
    EXPECT_EQ(holder("one"), AccountId(1));
    EXPECT_EQ(holder("new"), AccountId()) << "nothing of what was refused is made";
}

TEST_F(TokenImportTest, NamesAnAccountThatThereIsNot) {
    const auto refused = import("t", {{AccountId(1), "a"}, {AccountId(77), "b"}});
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.contains("account 77")) << refused.error().message;
    EXPECT_EQ(holder("a"), AccountId());
}

TEST_F(TokenImportTest, GoesOnWhereItStoppedAndNoticesAnother) {
    ASSERT_TRUE(import("t", {{AccountId(1), "a"}}));
    TokenImport first(environment_, "t", {});
    TokenImport second(environment_, "t", {});
    EXPECT_EQ(kit::run(first.begin()).value().lines, 1U);
    EXPECT_TRUE(kit::run(second.begin()));
    EXPECT_TRUE(kit::run(second.add({{AccountId(2), "b"}}, 2)));
    const auto late = kit::run(first.add({{AccountId(2), "c"}}, 2));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::kConflict);
    EXPECT_EQ(holder("c"), AccountId());
}

TEST(ParseTokenLine, TakesAnIdAndAToken) {
    EXPECT_EQ(
        parse_token_line("12\tabc-._~+/=9 rest").value(),
        (ImportedToken{AccountId(12), "abc-._~+/=9"})
    );
    EXPECT_EQ(parse_token_line("7,x").value(), (ImportedToken{AccountId(7), "x"}));
    EXPECT_EQ(parse_token_line("").value(), std::nullopt);
    EXPECT_EQ(parse_token_line("# 1 x").value(), std::nullopt);
    for (const std::string line : {"1", "0 x", "x 1", "1 a\"b", "1 \xc3\xa4", "-1 x"}) {
        const auto refused = parse_token_line(line);
        ASSERT_FALSE(refused) << line;
        EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
    }
    EXPECT_FALSE(parse_token_line("1 " + std::string(1025, 'x')));
    EXPECT_FALSE(parse_token_line("1 secret\"").error().message.contains("secret"));
}

}  // namespace
}  // namespace rookery::social
