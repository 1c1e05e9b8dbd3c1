#include "feed/card.h"

#include <gtest/gtest.h>

#include <memory>

namespace rookery::feed {
namespace {

TEST(Card, KeepsTheFirstFace) {
    struct Numbered final : Card::Face {
        explicit Numbered(int n) : number(n) {}
        int number;
    };
    const Card card;
    EXPECT_EQ(card.face(), nullptr);
    const auto& first = card.set_face(std::make_unique<Numbered>(1));
    EXPECT_EQ(&card.set_face(std::make_unique<Numbered>(2)), &first);
    EXPECT_EQ(static_cast<const Numbered*>(card.face())->number, 1);
}

}  // namespace
}  // namespace rookery::feed
