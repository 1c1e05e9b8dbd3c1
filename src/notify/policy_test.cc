#include "notify/policy.h"

#include <gtest/gtest.h>

namespace rookery::notify {
namespace {

TEST(Policy, TakesTheStrictestOfWhatApplies) {
    Policy policy{.for_private_mentions = Verdict::kAccept};
    const SenderFacts stranger{.is_new_account = true, .is_unasked_private_mention = true};
    const SenderFacts friendly{.is_followed = true, .is_settled_follower = true};
    EXPECT_EQ(judge(policy, stranger), Verdict::kAccept);
    policy.for_new_accounts = Verdict::kFilter;
    EXPECT_EQ(judge(policy, stranger), Verdict::kFilter);
    policy.for_not_following = Verdict::kDrop;
    EXPECT_EQ(judge(policy, stranger), Verdict::kDrop);
    policy.for_not_followers = Verdict::kDrop;
    EXPECT_EQ(judge(policy, friendly), Verdict::kAccept);
    EXPECT_EQ(judge(policy, {.is_followed = true}), Verdict::kDrop);
}

TEST(Policy, LetsThePrivateMentionsOfThoseWhoAreFollowedThrough) {
    const Policy policy{.for_private_mentions = Verdict::kDrop};
    SenderFacts sender{.is_unasked_private_mention = true};
    EXPECT_EQ(judge(policy, sender), Verdict::kDrop);
    sender.is_followed = true;
    EXPECT_EQ(judge(policy, sender), Verdict::kAccept);
}

TEST(Policy, IsStoredAsDocumented) {
    const Policy policy{
        .for_not_following = Verdict::kFilter,
        .for_new_accounts = Verdict::kDrop,
    };
    const std::string bytes("\x01\x01\x00\x02\x01\x01", 6);
    EXPECT_EQ(encode(policy), bytes);
    EXPECT_EQ(*decode_policy(bytes), policy);
    EXPECT_EQ(*decode_policy(encode(Policy{})), Policy{});
    for (const std::string& wrong :
         {std::string(),
          bytes.substr(1),
          bytes + "x",
          std::string("\x01\x03\x00\x02\x01\x01", 6),
          std::string("\x02\x01\x00\x02\x01\x01", 6)}) {
        EXPECT_FALSE(decode_policy(wrong));
    }
}

TEST(Policy, NamesItsVerdicts) {
    for (const Verdict verdict : {Verdict::kAccept, Verdict::kFilter, Verdict::kDrop}) {
        EXPECT_EQ(parse_verdict(to_string(verdict)), verdict);
    }
    EXPECT_EQ(parse_verdict("Accept"), std::nullopt);
}

}  // namespace
}  // namespace rookery::notify
