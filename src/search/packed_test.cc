#include "search/packed.h"

#include "kit/hex.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace rookery::search {

namespace {

using Numbers = std::array<std::uint32_t, kPackedCount>;

TEST(Packed, GivesBackNumbersOfEverySize) {
    std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same numbers at each run
    for (unsigned bits = 0; bits <= kPackedBitsMax; ++bits) {
        Numbers numbers{};
        const std::uint32_t largest = (std::uint32_t{1} << bits) - 1;
        for (std::uint32_t& number : numbers) {
            number = static_cast<std::uint32_t>(random()) & largest;
        }
        numbers[bits] = largest;
        ASSERT_EQ(bits_of(numbers), bits);
        std::string packed = "before";
        pack(numbers, bits, packed);
        ASSERT_EQ(packed.size(), 6 + packed_bytes(bits));
        Numbers unpacked{};
        unpacked.fill(77);
        unpack(packed.data() + 6, bits, unpacked);
        ASSERT_EQ(unpacked, numbers) << bits;
    }
}

// docs/formats/search.md shows these bytes.
TEST(Packed, HasFourLanesSideBySide) {
    Numbers numbers{};
    numbers[0] = 1;
    numbers[1] = 2;
    numbers[2] = 3;
    numbers[3] = 4;
    numbers[4] = 5;
    std::string packed;
    pack(numbers, 3, packed);
    EXPECT_EQ(
        kit::hex(std::string_view(packed).substr(0, 16)),
        "29 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00"
    );
}

TEST(Packed, WalksStepsAsOneDoesOnFoot) {
    std::mt19937 random(2);  // NOLINT(cert-msc51-cpp): the same numbers at each run
    for (unsigned bits = 0; bits <= kPackedBitsMax; ++bits) {
        Numbers steps{};
        for (std::uint32_t& step : steps) {
            step = static_cast<std::uint32_t>(random()) & ((std::uint32_t{1} << bits) - 1);
        }
        std::string packed;
        pack(steps, bits, packed);
        for (const std::uint32_t start :
             {~std::uint32_t{0}, std::uint32_t{0}, std::uint32_t{123'456}}) {
            Numbers places{};
            unpack_steps(packed.data(), bits, start, places);
            std::uint32_t at = start;
            for (std::size_t i = 0; i < kPackedCount; ++i) {
                at += steps[i] + 1;
                ASSERT_EQ(places[i], at) << i << " of " << bits << " bits";
            }
        }
    }
}

}  // namespace

}  // namespace rookery::search
