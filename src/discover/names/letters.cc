#include "discover/names/letters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace rookery::discover::names {

char32_t next_letter(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    if (bytes[at] < 0x80) {
        return bytes[at++];
    }
    auto offset = static_cast<std::int32_t>(at);
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(bytes, offset, static_cast<std::int32_t>(text.size()), letter);
    at = static_cast<std::size_t>(offset);
    return static_cast<char32_t>(letter);
}

std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) {
        letters.push_back(next_letter(text, at));
    }
    return letters;
}

bool is_unspaced(char32_t letter) {
    if (letter < 0x0E00) {
        return false;
    }
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(letter), &error)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

bool continues_letter(char32_t letter) {
    switch (letter) {
        case 0x30FC:  // the long vowel of kana
        case 0xFF70:  // the same, narrow
        case 0xFF9E:  // narrow marks of voice
        case 0xFF9F:
            return true;
        default:
            return letter >= 0x0300 &&
                   (U_GET_GC_MASK(static_cast<UChar32>(letter)) & U_GC_M_MASK) != 0;
    }
}

bool is_handle_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_handle(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_handle_letter);
}

}  // namespace rookery::discover::names
