#include "discover/names/edit_rows.h"

#include "base/random.h"
#include "discover/names/model_for_test.h"

#include <gtest/gtest.h>

#include <string>

namespace rookery::discover::names {
namespace {

bool similar(std::u32string_view typed, std::string_view term, std::size_t errors) {
    const Similarity found = compare(typed, term, errors);
    return found.as_prefix || found.as_word;
}

TEST(EditRows, CountsLettersThatAreOtherMissingTooManyAndSwapped) {
    EXPECT_TRUE(similar(U"jonathan", "jonathan", 0));
    EXPECT_TRUE(similar(U"jonsthan", "jonathan", 1));
    EXPECT_TRUE(similar(U"jonthan", "jonathan", 1));
    EXPECT_TRUE(similar(U"jonaathan", "jonathan", 1));
    EXPECT_TRUE(similar(U"ojnathan", "jonathan", 1));
    EXPECT_FALSE(similar(U"ojnathna", "jonathan", 1));
    EXPECT_TRUE(similar(U"ojnathna", "jonathan", 2));
    EXPECT_FALSE(similar(U"jonsthan", "jonathan", 0));
}

TEST(EditRows, TakesWhatIsTypedForABeginningOnlyIfItsLastLetterIsThere) {
    EXPECT_TRUE(similar(U"bob", "bobby", 0));
    EXPECT_TRUE(similar(U"bbo", "bobby", 1)) << "the last two changed places";
    EXPECT_TRUE(similar(U"bab", "bobby", 1));
    EXPECT_FALSE(similar(U"bob", "boris", 1)) << "its last letter would be the error";
    EXPECT_TRUE(similar(U"bob", "bo", 1)) << "a whole word may differ there";
    EXPECT_TRUE(similar(U"bob", "bot", 1));
}

TEST(EditRows, ComparesLettersAndNotBytes) {
    EXPECT_TRUE(similar(U"жук", "жар", 2));
    EXPECT_TRUE(similar(U"жака", "жука", 1));
    EXPECT_FALSE(similar(U"жака", "жукк", 1));
}

TEST(EditRows, AgreesWithTheWholeMatrix) {
    Random random(3);
    std::size_t matching = 0;
    for (int i = 0; i < 30'000; ++i) {
        std::u32string typed;
        std::string term;
        for (std::size_t n = 1 + random.below(9); n > 0; --n) {
            typed.push_back(U'a' + static_cast<char32_t>(random.below(3)));
        }
        for (std::size_t n = 1 + random.below(11); n > 0; --n) {
            term.push_back(static_cast<char>('a' + random.below(3)));
        }
        const std::size_t errors = random.below(3);
        const bool expected = is_similar(typed, term, errors);
        matching += expected ? 1 : 0;
        ASSERT_EQ(similar(typed, term, errors), expected)
            << std::string(typed.begin(), typed.end()) << " " << term << " " << errors;
    }
    EXPECT_GT(matching, 1000U);
}

TEST(EditRows, GoesBackToWhereAnotherTermParts) {
    EditRows rows(U"anna", 1);
    for (const char letter : std::string("anx")) {
        rows.push(static_cast<char32_t>(letter));
    }
    rows.go_back_to(2);
    rows.push(U'n');
    rows.push(U'b');
    EXPECT_TRUE(rows.matches_as_word());
    EXPECT_FALSE(rows.matches_as_prefix());
    rows.push(U'x');
    EXPECT_FALSE(rows.can_go_on());
}

TEST(EditRows, HasRoomForTheLongestWords) {
    const std::u32string typed(EditRows::kLettersMax, U'x');
    EXPECT_TRUE(similar(typed, std::string(EditRows::kLettersMax + 9, 'x'), 2));
    EXPECT_TRUE(similar(typed, std::string(EditRows::kLettersMax - 2, 'x'), 2));
    EXPECT_FALSE(similar(typed, std::string(EditRows::kLettersMax - 3, 'x'), 2));
    EXPECT_FALSE(similar(typed, std::string(400, 'y'), 2));
}

}  // namespace
}  // namespace rookery::discover::names
