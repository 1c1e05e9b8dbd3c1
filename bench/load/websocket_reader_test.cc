#include "load/websocket_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rookery::load {

namespace {

using Kind = WebSocketReader::Kind;
using Heard = std::vector<std::pair<Kind, std::string>>;

bool feed(WebSocketReader& reader, std::string_view bytes, Heard& heard) {
    return reader.feed(bytes, [&](Kind kind, std::string_view payload) {
        heard.emplace_back(kind, payload);
    });
}

std::string three_frames() {
    std::string bytes("\x81\x02hi", 4);
    bytes += std::string("\x81\x7e\x01\x00", 4) + std::string(256, 'x');
    return bytes + std::string("\x89\x00", 2);
}

TEST(WebSocketReader, HearsTheSameHoweverTheBytesAreCut) {
    const Heard expected = {
        {Kind::kText, "hi"}, {Kind::kText, std::string(256, 'x')}, {Kind::kPing, ""}
    };
    const std::string bytes = three_frames();
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        WebSocketReader reader;
        Heard heard;
        EXPECT_TRUE(feed(reader, bytes.substr(0, cut), heard));
        EXPECT_TRUE(feed(reader, bytes.substr(cut), heard));
        EXPECT_EQ(heard, expected) << cut;
    }
}

TEST(WebSocketReader, RefusesMaskedAndHugeFrames) {
    Heard heard;
    WebSocketReader masked;
    EXPECT_FALSE(feed(masked, std::string("\x81\x82zzzzhi", 8), heard));
    WebSocketReader huge;
    EXPECT_FALSE(feed(huge, std::string("\x81\x7f\x00\x00\x00\x01\x00\x00\x00\x00", 10), heard));
    EXPECT_TRUE(heard.empty());
}

TEST(MaskedFrame, HasTheBitsOfAClient) {
    EXPECT_EQ(masked_frame(10, "ab"), std::string("\x8a\x82\0\0\0\0ab", 8));
}

}  // namespace

}  // namespace rookery::load
