#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rookery::discover::text {

/// A word or an emoji in a text: text[begin, end). Not empty, and cut at code points.
struct Segment {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const Segment&) const = default;
};

/// Appends the words of UAX #29, by a dictionary where a script has no spaces (Chinese, Japanese,
/// Thai and their kin), and the emoji: whole sequences and flags. White space and punctuation are
/// left out; bytes that are not UTF-8 part words. Takes time linear in the text. Thread-safe.
void find_segments(std::string_view text, std::vector<Segment>& out);

/// The two ways it goes, between "@"s. ICU can all; the other only what is_plain(), to the same
/// result, and much faster. What they find is moved by `begin`.
void find_segments_by_icu(std::string_view text, std::size_t begin, std::vector<Segment>& out);
void find_segments_in_plain(std::string_view text, std::size_t begin, std::vector<Segment>& out);

/// Nothing but ASCII, letters of Europe's alphabets and usual punctuation.
[[nodiscard]] bool is_plain(std::string_view text);

/// True if the word begins with an emoji or a flag.
[[nodiscard]] bool is_emoji(std::string_view word);

}  // namespace rookery::discover::text
