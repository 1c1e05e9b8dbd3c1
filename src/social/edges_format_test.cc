// The worked examples of docs/formats/tables.md: bytes that every data directory relies on.

#include "social/follows.h"
#include "social/import_progress.h"
#include "social/reactions.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rookery::social {
namespace {

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
        out.push_back(kDigits[static_cast<unsigned char>(c) & 0xFU]);
    }
    return out;
}

TEST(EdgesFormat, IsAsDocumented) {
    const RelationId id(0x0102030405060708);
    EXPECT_EQ(
        hex(encode(Follow{.id = id, .notify = true, .languages = {"de", "en"}})),
        "01"
        "0102030405060708"
        "03"
        "02026465"
        "02656e"
    );
    EXPECT_EQ(
        hex(encode(Mute{.id = id, .expires_at_ms = 1'767'225'600'000})),
        "01"
        "0102030405060708"
        "01"
        "80a0d5edee66"
    );
    EXPECT_EQ(
        hex(encode(Marks{.favourite = RelationId(300), .bookmark = RelationId(5)})),
        "01"
        "ac02"
        "00"
        "05"
        "00"
    );
    EXPECT_EQ(
        hex(encode(ImportProgress{.lines = 1000, .made = 900, .accounts = 3, .skipped = 97})),
        "01"
        "e807"
        "8407"
        "03"
        "61"
    );
}

}  // namespace
}  // namespace rookery::social
