#include "social/account_rules.h"

#include "social/password.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

std::string username_problem(std::string_view username) {
    std::vector<FieldError> errors;
    check_username(username, errors);
    return errors.empty() ? "" : errors[0].code;
}

bool takes_email(std::string_view email) {
    std::vector<FieldError> errors;
    check_email(email, errors);
    return errors.empty();
}

TEST(AccountRules, TakesUsernamesOfLettersDigitsAndUnderscores) {
    EXPECT_EQ(username_problem("Bob_2"), "");
    EXPECT_EQ(username_problem("_"), "");
    EXPECT_EQ(username_problem(std::string(30, 'a')), "");
    EXPECT_EQ(username_problem(std::string(31, 'a')), "ERR_TOO_LONG");
    EXPECT_EQ(username_problem(""), "ERR_BLANK");
    for (const std::string_view bad : {"a b", "a-b", "a.b", "@a", "é", "a\n", "a@b"}) {
        EXPECT_EQ(username_problem(bad), "ERR_INVALID") << bad;
    }
}

TEST(AccountRules, ReservesNamesOfTheServerInAnyCase) {
    EXPECT_TRUE(is_reserved_username("api"));
    EXPECT_TRUE(is_reserved_username("OAuth"));
    EXPECT_TRUE(is_reserved_username("Administrator"));
    EXPECT_TRUE(is_reserved_username("www"));
    EXPECT_FALSE(is_reserved_username("bob"));
    EXPECT_FALSE(is_reserved_username("apis"));
}

TEST(AccountRules, TakesPlausibleEmailAddresses) {
    for (const std::string_view good :
         {"a@b.example", "A.b+tag@sub.example.org", "o'brien@b-c.example", "ü@bücher.example"}) {
        EXPECT_TRUE(takes_email(good)) << good;
    }
    for (const std::string_view bad :
         {"",
          "a",
          "@b.c",
          "a@",
          "a@b",
          "a@b@c.d",
          "a b@c.d",
          "a@c..d",
          "a@.c",
          "a@c.",
          "a@-c.d",
          "a,b@c.d",
          "<a@c.d>",
          "a@c.d\n",
          "a@c_d.e",
          "\xFF@c.d"}) {
        EXPECT_FALSE(takes_email(bad)) << bad;
    }
    EXPECT_FALSE(takes_email(std::string(65, 'a') + "@b.c"));
    EXPECT_FALSE(takes_email("a@" + std::string(64, 'b') + ".c"));
}

TEST(AccountRules, SaysWhatIsWrongInOneSentence) {
    EXPECT_EQ(
        validation_message(
            {{"username", "ERR_TAKEN", "has already been taken"},
             {"display_name", "ERR_TOO_LONG", "is too long (maximum is 30 characters)"}}
        ),
        "Validation failed: Username has already been taken, Display name is too long (maximum is "
        "30 characters)"
    );
}

constexpr PasswordCost kCheap{1, 8192};

TEST(Password, MatchesOnlyItself) {
    const std::string hash = *hash_password("correct horse", kCheap);
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(password_matches(hash, "correct horse"));
    EXPECT_FALSE(password_matches(hash, "correct horsf"));
    EXPECT_FALSE(password_matches(hash, ""));
    EXPECT_NE(hash, *hash_password("correct horse", kCheap)) << "each has a salt of its own";
}

TEST(Password, OpensNothingWithoutAHash) {
    EXPECT_FALSE(password_matches("", ""));
    EXPECT_FALSE(password_matches("correct horse", "correct horse"));
    EXPECT_FALSE(password_matches(std::string(1000, '$'), "x"));
}

TEST(Password, AsksForANewHashWhenTheCostChanged) {
    const std::string hash = *hash_password("correct horse", kCheap);
    EXPECT_FALSE(password_needs_rehash(hash, kCheap));
    EXPECT_TRUE(password_needs_rehash(hash, {2, 8192}));
    EXPECT_TRUE(password_needs_rehash(hash, {1, 16384}));
    EXPECT_TRUE(password_needs_rehash("", kCheap));
}

TEST(Password, HashesWithTheDefaultCost) {
    const std::string hash = *hash_password("correct horse", {});
    EXPECT_NE(hash.find("m=19456,t=2"), std::string::npos) << hash;
}

}  // namespace
}  // namespace rookery::social
