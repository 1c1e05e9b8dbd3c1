#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rookery::discover::names {

/// The code point at `at` in valid UTF-8, which is moved behind it.
[[nodiscard]] char32_t next_letter(std::string_view text, std::size_t& at);
[[nodiscard]] std::u32string letters_of(std::string_view text);

/// True for letters of scripts that write words without spaces between them, or names whose parts
/// are asked for by themselves: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
[[nodiscard]] bool is_unspaced(char32_t letter);
/// True for what belongs to the letter before it: marks, and the long vowel of kana.
[[nodiscard]] bool continues_letter(char32_t letter);

/// What an account can be called: a letter of ASCII, a digit or '_'.
[[nodiscard]] bool is_handle_letter(char c);
[[nodiscard]] bool is_handle(std::string_view word);

}  // namespace rookery::discover::names
