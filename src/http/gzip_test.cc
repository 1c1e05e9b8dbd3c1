#include "http/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace rookery::http {

namespace {

/// What zlib makes of a whole gzip file; nothing if it is none, or if something is behind it.
std::optional<std::string> unpacked(const std::string& packed) {
    constexpr int kGzipWindowBits = 15 + 16;
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) {
        return std::nullopt;
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    int result = Z_OK;
    while (result == Z_OK) {
        constexpr std::size_t kChunkBytes = 4096;
        std::string chunk(kChunkBytes, '\0');
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        result = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, 0, chunk.size() - stream.avail_out);
    }
    const bool is_whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    return is_whole ? std::optional(out) : std::nullopt;
}

/// Between what packs well and what does not pack at all.
std::string made_up_text(std::mt19937& random, std::size_t bytes) {
    const unsigned alphabet = 1 + random() % 256;
    std::string text;
    while (text.size() < bytes) {
        if (text.size() > 8 && random() % 3 == 0) {
            const std::size_t from = random() % text.size();
            text += text.substr(from, 1 + random() % 300);
        } else {
            text.push_back(static_cast<char>(random() % alphabet));
        }
    }
    text.resize(bytes);
    return text;
}

class Gzip : public testing::TestWithParam<int> {};

// One compressor serves all answers of a thread: none may leave anything to the next.
TEST_P(Gzip, GivesBackWhatWasPackedHoweverItIsCut) {
    constexpr int kAnswers = 300;
    std::mt19937 random(7);
    for (int answer = 0; answer < kAnswers; ++answer) {
        Response response;
        std::string all;
        const std::size_t pieces = random() % 60;
        for (std::size_t i = 0; i < pieces; ++i) {
            const std::size_t bytes = random() % 10 == 0 ? 0 : random() % 2'000;
            auto text = std::make_shared<const std::string>(made_up_text(random, bytes));
            all += *text;
            response.fragments.emplace_back(std::move(text));
        }
        response.body = made_up_text(random, random() % 4 == 0 ? random() % 200'000 : random() % 9);
        all += response.body;
        const auto back = unpacked(gzip(response, GetParam()));
        ASSERT_TRUE(back) << "answer " << answer;
        ASSERT_EQ(*back, all) << "answer " << answer;
    }
}

TEST_P(Gzip, MakesTextSmaller) {
    Response response;
    for (int i = 0; i < 1'000; ++i) {
        response.body += "{\"id\":\"" + std::to_string(i * 7'919) + "\",\"favourited\":false}";
    }
    EXPECT_LT(gzip(response, GetParam()).size(), response.body.size() / 4);
}

INSTANTIATE_TEST_SUITE_P(Levels, Gzip, testing::Values(1, 2, 3, 6, 9));

TEST(Gzip, TakesAnotherLevelFromOneAnswerToTheNext) {
    Response response;
    response.body = std::string(100'000, 'a') + "b";
    for (const int level : {1, 6, 2, 1, 9}) {
        EXPECT_EQ(unpacked(gzip(response, level)), response.body) << level;
    }
}

}  // namespace

}  // namespace rookery::http
