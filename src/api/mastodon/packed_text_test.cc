#include "api/mastodon/packed_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace rookery::api::mastodon {
namespace {

/// Unpacked into memory of the very size that is promised to be enough, with a watch behind it.
std::string
unpacked(const TextDictionary& dictionary, const std::string& packed, std::size_t size) {
    constexpr char kWatch = '\x7f';
    std::vector<char> room(size + TextDictionary::kSlackBytes + 64, kWatch);
    const char* const end = dictionary.unpack(packed, room.data());
    EXPECT_EQ(static_cast<std::size_t>(end - room.data()), size);
    const auto behind =
        room.begin() + static_cast<std::ptrdiff_t>(size) + TextDictionary::kSlackBytes;
    EXPECT_TRUE(std::all_of(behind, room.end(), [](char c) { return c == kWatch; }));
    return {room.data(), size};
}

void expect_same(const TextDictionary& dictionary, const std::string& text) {
    const std::string packed = dictionary.pack(text);
    EXPECT_EQ(unpacked(dictionary, packed, text.size()), text);
    EXPECT_EQ(dictionary.text(packed), text);
}

TEST(TextDictionary, KeepsWhatSetsATextApart) {
    const std::string phrases =
        R"({"username":"","created_at":"","visibility":"public","content":"<p></p>","tags":[]})";
    const TextDictionary dictionary(phrases);
    const std::string text =
        R"({"username":"alice","created_at":"2026","visibility":"public","content":"<p>x</p>","tags":[]})";
    expect_same(dictionary, text);
    EXPECT_LT(dictionary.pack(text).size(), text.size() * 2 / 3);
    expect_same(dictionary, phrases);
    expect_same(dictionary, "");
    expect_same(dictionary, "x");
    expect_same(dictionary, R"(","visibi)");
}

TEST(TextDictionary, NeedsNoPhrases) {
    for (const char* phrases : {"", "short"}) {
        const TextDictionary dictionary(phrases);
        expect_same(dictionary, "");
        expect_same(dictionary, "short");
        expect_same(dictionary, std::string(1'000, 'a'));
    }
}

TEST(TextDictionary, TakesLongTextsAndLongPhrases) {
    std::string phrases;
    while (phrases.size() < 2 * TextDictionary::kBytesMax) {
        phrases += "phrase number " + std::to_string(phrases.size()) + "; ";
    }
    const TextDictionary dictionary(phrases);
    expect_same(dictionary, phrases);
    expect_same(dictionary, phrases.substr(TextDictionary::kBytesMax - 100, 300));
    expect_same(dictionary, std::string(255, 'x') + phrases.substr(0, 255));
    expect_same(dictionary, std::string(256, 'x') + phrases.substr(0, 256));
    expect_same(dictionary, std::string(100'000, 'x') + phrases.substr(0, 10'000) + "x");
}

TEST(TextDictionary, GivesBackWhateverWasPacked) {
    std::mt19937 random(7);
    const auto below = [&random](std::size_t bound) { return random() % bound; };
    const auto bytes = [&](std::size_t max) {
        std::string made(below(max + 1), '\0');
        std::ranges::generate(made, [&] { return static_cast<char>("ab\"\x00\xff"[below(5)]); });
        return made;
    };
    for (int round = 0; round < 300; ++round) {
        const std::string phrases = bytes(600);
        const TextDictionary dictionary(phrases);
        for (int i = 0; i < 20; ++i) {
            std::string text;
            while (below(6) != 0) {
                text += bytes(40);
                text += phrases.substr(below(phrases.size() + 1), below(400));
            }
            expect_same(dictionary, text);
        }
    }
}

}  // namespace
}  // namespace rookery::api::mastodon
