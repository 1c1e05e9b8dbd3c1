#include "api/mastodon/piece_list.h"

#include <gtest/gtest.h>

namespace rookery::api::mastodon {
namespace {

TEST(PieceList, JoinsWhatItRefersToAndItsOwnTextInOrder) {
    const auto shared = std::make_shared<const std::string>("shared");
    PieceList list(2, 4);  // more than expected of both
    list.own() += '[';
    list.refer(*shared, 1, shared);
    list.refer("more", 2);
    list.own() += ", and a text that is longer than was reserved, ";
    list.own() += "in two steps";
    list.refer(*shared, 1, shared);
    list.own() += ']';
    const auto pieces = list.take();
    EXPECT_EQ(
        joined(pieces),
        "[sharedmore, and a text that is longer than was reserved, in two stepsshared]"
    );
    ASSERT_EQ(pieces.size(), 6U);
    EXPECT_EQ(pieces[1].bytes.data(), shared->data());
    EXPECT_EQ(pieces[1].hash, 1U);
    EXPECT_EQ(pieces[3].hash, 0U);
    EXPECT_EQ(shared.use_count(), 3);
}

TEST(PieceList, KeepsAShortTextOfItsOwn) {
    auto list = std::make_unique<PieceList>(1, 0);
    list->own() += "[]";
    const auto pieces = list->take();
    list.reset();
    EXPECT_EQ(joined(pieces), "[]");
    EXPECT_TRUE(PieceList(0, 0).take().empty());
}

}  // namespace
}  // namespace rookery::api::mastodon
