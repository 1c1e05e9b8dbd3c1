#include "http/chunked_decoder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::http {

namespace {

using Status = ChunkedDecoder::Status;

struct Decoded {
    Status status;
    std::string body;
    std::string rest;
};

Decoded decode(const std::string& bytes, std::size_t split, std::size_t body_bytes_max = 64) {
    ChunkedDecoder decoder(body_bytes_max);
    Decoded result;
    std::string_view first = std::string_view(bytes).substr(0, split);
    result.status = decoder.decode(first, result.body);
    if (result.status != Status::kNeedMore) {
        result.rest = std::string(first) + bytes.substr(split);
        return result;
    }
    std::string_view second = std::string_view(bytes).substr(split);
    result.status = decoder.decode(second, result.body);
    result.rest = second;
    return result;
}

TEST(ChunkedDecoder, PutsTheChunksTogetherWhereverTheyAreSplit) {
    const std::string bytes =
        "5\r\nhello\r\n1;name=\"v\"\r\n \r\n00b\r\nwide, world\r\n0\r\nX-Trailer: a\r\n\r\nGET /";
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        const Decoded decoded = decode(bytes, split);
        ASSERT_EQ(decoded.status, Status::kComplete) << split;
        ASSERT_EQ(decoded.body, "hello wide, world") << split;
        ASSERT_EQ(decoded.rest, "GET /") << split;
    }
}

TEST(ChunkedDecoder, RefusesMalformedChunks) {
    const std::vector<std::string> inputs{
        "\r\n",
        "x\r\n",
        "-1\r\n",
        "+1\r\n",
        " 1\r\n",
        "1 \r\na\r\n",
        "0x1\r\n",
        "1\na\r\n",
        "1\r\nab\r\n",
        "1\r\na\n",
        "1\r\na\rx",
        "1\rx",
        "1;a\x01\r\n",
        "1;" + std::string(300, 'a'),
        "0000000000000001\r\na\r\n",
        "ffffffffffffffff\r\n",
        "0\r\n(x: y\r\n\r\n",
        "0\r\nX: \x02\r\n\r\n",
        "0\r\n\rx",
        "0\r\nX: " + std::string(10'000, 'a'),
    };
    for (const std::string& input : inputs) {
        for (std::size_t split = 0; split <= std::min<std::size_t>(input.size(), 40); ++split) {
            ASSERT_EQ(decode(input, split).status, Status::kMalformed) << input << " at " << split;
        }
    }
}

TEST(ChunkedDecoder, StopsBeforeTheBodyGrowsOverItsLimit) {
    EXPECT_EQ(decode("4\r\nabcd\r\n0\r\n\r\n", 3, 4).status, Status::kComplete);
    EXPECT_EQ(decode("4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n", 3, 4).status, Status::kTooLarge);
    EXPECT_EQ(decode("fffffffffffffff\r\n", 3, 4).status, Status::kTooLarge);
}

}  // namespace

}  // namespace rookery::http
