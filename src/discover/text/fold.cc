#include "discover/text/fold.h"

#include "discover/text/icu_status.h"
#include "discover/text/segments.h"
#include "social/text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

namespace rookery::discover::text {

namespace {

using social::text::append_utf8;
using social::text::CodePoint;
using social::text::is_mark;
using social::text::next_code_point;

constexpr CodePoint kVariationText = 0xFE0E;
constexpr CodePoint kVariationEmoji = 0xFE0F;
constexpr std::string_view kTatweel = "\u0640";  // lengthens Arabic words for looks

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The typographic apostrophe, and the letter that Ukrainian has for it, as stemmers expect them.
void unify_apostrophes(std::string& word) {
    for (const std::string_view apostrophe : {"\u2019", "\u02BC"}) {
        for (std::size_t at = word.find(apostrophe); at != std::string::npos;
             at = word.find(apostrophe, at)) {
            word.replace(at, apostrophe.size(), "'");
        }
    }
}

/// Combining Diacritical Marks, and those for phonetics.
bool is_diacritic(CodePoint c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF);
}

bool is_vowel_point(CodePoint c) {
    const bool is_arabic = (c >= 0x064B && c <= 0x0652) || c == 0x0670;
    const bool is_hebrew = (c >= 0x0591 && c <= 0x05BD) || c == 0x05BF || c == 0x05C1 ||
                           c == 0x05C2 || c == 0x05C4 || c == 0x05C5 || c == 0x05C7;
    return is_arabic || is_hebrew;
}

UScriptCode script_of(CodePoint c) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(c, &status);
}

bool loses_diacritics(CodePoint base) {
    if (base < 0x80) {
        return base >= 0;
    }
    const UScriptCode script = script_of(base);
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

/// Letters with a stroke and such: what people type who lack the key. Unicode knows no relation.
CodePoint without_stroke(CodePoint c) {
    switch (c) {
        case 0x00F8:  // ø
            return 'o';
        case 0x0111:  // đ
            return 'd';
        case 0x0127:  // ħ
            return 'h';
        case 0x0131:  // ı, whose capital folds to "i"
            return 'i';
        case 0x0142:  // ł
            return 'l';
        case 0x0167:  // ŧ
            return 't';
        default:
            return c;
    }
}

/// For each Latin and Greek letter, and for the Cyrillic vowels that are the same letter with and
/// without, the letter without its diacritics.
class PlainLetters {
public:
    PlainLetters() {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
        require_icu(status, "NFD");
        for (std::size_t i = 0; i < plain_.size(); ++i) {
            const auto c = static_cast<CodePoint>(i);
            plain_[i] = static_cast<char16_t>(is_foldable(c) ? plain(*nfd, c) : c);
        }
    }

    static const PlainLetters& get() {
        static const PlainLetters letters;
        return letters;
    }

    [[nodiscard]] CodePoint of(CodePoint c) const {
        return c < kEnd ? plain_[static_cast<std::size_t>(c)] : c;
    }

private:
    static constexpr CodePoint kEnd = 0x2000;

    static bool is_foldable(CodePoint c) {
        if (c == 0x0450 || c == 0x0451 || c == 0x045D) {  // ѐ ё ѝ
            return true;
        }
        const UScriptCode script = script_of(c);
        return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
    }

    static CodePoint plain(const icu::Normalizer2& nfd, CodePoint c) {
        icu::UnicodeString parts;
        if (nfd.getDecomposition(c, parts) == 0) {
            return without_stroke(c);
        }
        const CodePoint base = parts.char32At(0);
        for (std::int32_t at = parts.moveIndex32(0, 1); at < parts.length();
             at = parts.moveIndex32(at, 1)) {
            if (!is_mark(parts.char32At(at))) {
                return c;
            }
        }
        return without_stroke(base);
    }

    std::array<char16_t, kEnd> plain_{};
};

void append_plain(CodePoint c, std::string& out) {
    const CodePoint plain = PlainLetters::get().of(c);
    if (plain == 0x00E6) {
        out.append("ae");
    } else if (plain == 0x0153) {
        out.append("oe");
    } else {
        append_utf8(out, plain);
    }
}

void normalize(std::string_view word, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    require_icu(status, "NFKC_Casefold");
    out.clear();
    icu::StringByteSink<std::string> sink(&out);
    const icu::StringPiece source(word.data(), static_cast<std::int32_t>(word.size()));
    fold->normalizeUTF8(0, source, sink, nullptr, status);
    require_icu(status, "normalizing");
}

/// What may keep a mark from its letter, and so two ways of writing a word from being one.
/// Ligatures of sentences and marks that stand by themselves are normalized to something with
/// spaces.
std::string without_stretching(std::string word) {
    std::erase(word, ' ');
    for (std::size_t at = word.find(kTatweel); at != std::string::npos;
         at = word.find(kTatweel, at)) {
        word.erase(at, kTatweel.size());
    }
    return word;
}

/// NFKC_Casefold would drop what joins a sequence: a family would be three people.
void fold_emoji(std::string_view word, std::string& out) {
    out.clear();
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t here = at;
        const CodePoint c = next_code_point(word, at);
        const bool is_looks = c == kVariationText || c == kVariationEmoji ||
                              (c >= 0x1F3FB && c <= 0x1F3FF && here > 0);
        if (c >= 0 && !is_looks) {
            out.append(word.substr(here, at - here));
        }
    }
}

}  // namespace

void fold_case(std::string_view word, std::string& out) {
    if (is_ascii(word)) {
        out.assign(word);
        for (char& c : out) {
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        }
        return;
    }
    if (is_emoji(word)) {
        fold_emoji(word, out);
        return;
    }
    normalize(word, out);
    if (out.contains(' ') || out.contains(kTatweel)) {
        normalize(without_stretching(out), out);
    }
    unify_apostrophes(out);
}

void fold_marks(std::string& word) {
    if (is_ascii(word)) {
        return;
    }
    std::string out;
    out.reserve(word.size());
    CodePoint base = social::text::kNoCodePoint;
    for (std::size_t at = 0; at < word.size();) {
        const CodePoint c = next_code_point(word, at);
        if (c < 0) {
            continue;
        }
        if (is_diacritic(c)) {
            if (!loses_diacritics(base)) {
                append_utf8(out, c);
            }
            continue;
        } else if (!is_vowel_point(c)) {
            append_plain(c, out);
        }
        if (!is_mark(c)) {
            base = c;
        }
    }
    word = std::move(out);
}

void cut_word(std::string& word) {
    if (word.size() <= kWordBytesMax) {
        return;
    }
    std::size_t end = kWordBytesMax;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    word.resize(end);
}

std::string fold(std::string_view word) {
    std::string folded;
    fold_case(word, folded);
    fold_marks(folded);
    cut_word(folded);
    return folded;
}

bool begins_with_vowel(std::string_view word) {
    std::size_t at = 0;
    if (next_code_point(word, at) < 0) {
        return false;
    }
    const std::string first = fold(word.substr(0, at));
    return !first.empty() && std::string_view("aeiouyh").contains(first.front());
}

}  // namespace rookery::discover::text
