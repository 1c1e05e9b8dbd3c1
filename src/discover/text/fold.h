#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rookery::discover::text {

/// A longer word is cut to this, at a code point.
inline constexpr std::size_t kWordBytesMax = 64;

/// Two words that fold to the same are the same to a searcher. Case and compatibility forms are
/// folded (NFKC_Casefold: "ß" is "ss", "ﬁ" is "fi", "ＡＢＣ" is "abc"), then the diacritics of
/// Latin, Greek and Cyrillic letters removed ("é" is "e", "ё" is "е"), as well as the vowel points
/// of Arabic and Hebrew. Marks that make another letter stay: of kana, of Indic scripts, and those
/// of "й", "ї" and "ў". Of emoji, skin tones and presentation are removed. Empty if nothing is
/// left. Folding a folded word changes nothing. Thread-safe.
[[nodiscard]] std::string fold(std::string_view word);

/// The two steps. Stemmers, which know the diacritics of their language, come between them.
void fold_case(std::string_view word, std::string& out);
void fold_marks(std::string& word);

/// Cuts a word to kWordBytesMax.
void cut_word(std::string& word);

/// True for a letter that French and its kin write an apostrophe before: "l'été", "un'ora".
[[nodiscard]] bool begins_with_vowel(std::string_view word);

}  // namespace rookery::discover::text
