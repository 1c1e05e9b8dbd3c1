#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::social::text {

/// A code point, or a negative number where there is none: at an end of the text, or at bytes that
/// are not UTF-8.
using CodePoint = std::int32_t;
inline constexpr CodePoint kNoCodePoint = -1;

/// The code point at `at`, which is moved behind it (at least one byte unless at the end).
[[nodiscard]] CodePoint next_code_point(std::string_view text, std::size_t& at);
/// The code point that ends at `at`.
[[nodiscard]] CodePoint code_point_before(std::string_view text, std::size_t at);
void append_utf8(std::string& out, CodePoint c);

/// Letters and marks.
[[nodiscard]] bool is_alphabetic(CodePoint c);
[[nodiscard]] bool is_mark(CodePoint c);
/// Letters, marks and decimal digits.
[[nodiscard]] bool is_alphanumeric(CodePoint c);
/// These and connector punctuation such as '_': what regular expressions call a word character.
[[nodiscard]] bool is_word(CodePoint c);
[[nodiscard]] bool is_white_space(CodePoint c);
[[nodiscard]] bool is_control(CodePoint c);
[[nodiscard]] bool is_punctuation(CodePoint c);

/// What may stand inside a hashtag besides word characters: '_', the middle dots of Catalan and
/// Japanese, and the zero-width non-joiner of Persian.
[[nodiscard]] bool is_tag_separator(CodePoint c);

/// NFKC_Casefold (Unicode 3.13, UAX #31), then without what is neither word nor separator.
[[nodiscard]] std::string fold_tag(std::string_view name);

/// Extended grapheme clusters (UAX #29).
[[nodiscard]] std::size_t count_graphemes(std::string_view text);

}  // namespace rookery::social::text
