#include "feed/change_marks.h"

#include <gtest/gtest.h>

namespace rookery::feed {
namespace {

TEST(ChangeMarks, HoldUntilTheirThingIsNoted) {
    ChangeMarks marks;
    const auto post = marks.of(PostId(7));
    const auto account = marks.of(AccountId(7));
    marks.note(PostId(8));
    EXPECT_TRUE(marks.holds(post));
    marks.note(PostId(7));
    EXPECT_FALSE(marks.holds(post));
    EXPECT_TRUE(marks.holds(account));
    EXPECT_TRUE(marks.holds(marks.of(PostId(7))));
    marks.note_all();
    EXPECT_FALSE(marks.holds(account));
}

}  // namespace
}  // namespace rookery::feed
