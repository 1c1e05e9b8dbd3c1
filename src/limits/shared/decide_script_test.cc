#include "limits/shared/decide_script.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace rookery::limits {
namespace {

std::string answer(bool allowed, std::array<double, 5> numbers) {
    std::string bytes(1, allowed ? 1 : 0);
    std::array<char, sizeof(numbers)> packed{};
    std::memcpy(packed.data(), numbers.data(), packed.size());
    return bytes.append(packed.data(), packed.size());
}

TEST(DecideScript, SpeaksInMicroseconds) {
    const auto answers = decode(answer(false, {0, 3, 0, 5, 7}) + answer(true, {2, 1, 4, 0, 9}), 2);
    ASSERT_TRUE(answers);
    EXPECT_FALSE((*answers)[0].decision.allowed);
    EXPECT_EQ((*answers)[0].decision.remaining, 3U);
    EXPECT_EQ((*answers)[0].decision.retry_after, 5'000);
    EXPECT_EQ((*answers)[0].decision.resets_after, 7'000);
    EXPECT_TRUE((*answers)[1].decision.allowed);
    EXPECT_EQ((*answers)[1].taken, 2U);
    EXPECT_EQ((*answers)[1].decision.wait, 4'000);
}

TEST(DecideScript, SaysNeverAsMinusOne) {
    const auto answers = decode(answer(false, {0, 0, 0, -1, 0}), 1);
    ASSERT_TRUE(answers);
    EXPECT_EQ(answers->front().decision.retry_after, kNever);
}

TEST(DecideScript, IsNotBelievedWhatItCannotHaveSaid) {
    EXPECT_FALSE(decode("", 1));
    EXPECT_FALSE(decode(answer(true, {1, 1, 0, 0, 0}), 2));
    EXPECT_FALSE(decode(answer(true, {1, 1, 0, 0, 0}) + "x", 1));
    EXPECT_FALSE(decode(answer(true, {-1, 1, 0, 0, 0}), 1));
    EXPECT_FALSE(decode(answer(true, {1, -1, 0, 0, 0}), 1));
    EXPECT_FALSE(decode(answer(true, {1, 1, 0, 0, 1e17}), 1));
    EXPECT_FALSE(decode(answer(true, {1, 1, 0, std::nan(""), 0}), 1));
}

}  // namespace
}  // namespace rookery::limits
