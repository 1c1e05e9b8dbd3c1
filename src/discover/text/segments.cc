#include "discover/text/segments.h"

#include "discover/text/icu_status.h"
#include "social/text/unicode.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace rookery::discover::text {

namespace {

using social::text::CodePoint;
using social::text::next_code_point;

/// ICU's iterator over the words of one text after another. Opening it reads rules and
/// dictionaries, so that each thread keeps one.
class WordBreaks {
public:
    WordBreaks() {
        UErrorCode status = U_ZERO_ERROR;
        breaks_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        require_icu(status, "words");
    }
    ~WordBreaks() { utext_close(&source_); }
    WordBreaks(const WordBreaks&) = delete;
    WordBreaks& operator=(const WordBreaks&) = delete;

    static WordBreaks& of_this_thread() {
        thread_local WordBreaks breaks;
        return breaks;
    }

    icu::BreakIterator& start(std::string_view text) {
        UErrorCode status = U_ZERO_ERROR;
        utext_openUTF8(&source_, text.data(), static_cast<std::int64_t>(text.size()), &status);
        breaks_->setText(&source_, status);
        require_icu(status, "text");
        return *breaks_;
    }

private:
    std::unique_ptr<icu::BreakIterator> breaks_;
    UText source_ = UTEXT_INITIALIZER;
};

/// What UAX #29 sees in a character.
enum class CharClass : std::uint8_t {
    kOther,
    kLetter,
    kDigit,
    kJoiner,         ///< ExtendNumLet
    kBetweenAny,     ///< MidNumLet and Single_Quote: joins two letters, or two digits
    kBetweenDigits,  ///< MidNum
    kUnknown,        ///< only ICU knows
};

constexpr std::array<CharClass, 128> ascii_classes() {
    std::array<CharClass, 128> classes{};
    for (std::size_t c = 0; c < classes.size(); ++c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            classes[c] = CharClass::kLetter;
        } else if (c >= '0' && c <= '9') {
            classes[c] = CharClass::kDigit;
        }
    }
    classes['_'] = CharClass::kJoiner;
    classes['.'] = classes['\''] = CharClass::kBetweenAny;
    classes[','] = classes[';'] = CharClass::kBetweenDigits;
    return classes;
}
constexpr std::array<CharClass, 128> kAsciiClasses = ascii_classes();

/// Of what most texts in Europe's alphabets consist of.
CharClass class_of(CodePoint c) {
    const auto is_in = [&](CodePoint first, CodePoint last) { return c >= first && c <= last; };
    const bool is_latin = is_in(0x00C0, 0x024F) && c != 0x00D7 && c != 0x00F7;
    const bool is_greek = is_in(0x0388, 0x038A) || is_in(0x038E, 0x03A1) || is_in(0x03A3, 0x03CE);
    const bool is_cyrillic = is_in(0x0400, 0x0481) || is_in(0x048A, 0x052F);
    if (is_latin || is_greek || is_cyrillic) {
        return CharClass::kLetter;
    }
    switch (c) {
        case 0x2019:  // the apostrophe
            return CharClass::kBetweenAny;
        case 0x00A1:  // ¡ « » ¿ – — “ ” „ …
        case 0x00AB:
        case 0x00BB:
        case 0x00BF:
        case 0x2013:
        case 0x2014:
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x2026:
            return CharClass::kOther;
        default:
            return CharClass::kUnknown;
    }
}

/// Of the character at `at`, which is moved behind it.
CharClass next_class(std::string_view text, std::size_t& at) {
    if (at >= text.size()) {
        return CharClass::kOther;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < kAsciiClasses.size()) {
        ++at;
        return kAsciiClasses[byte];
    }
    return class_of(next_code_point(text, at));
}

bool is_of_word(CharClass c) {
    return c == CharClass::kLetter || c == CharClass::kDigit || c == CharClass::kJoiner;
}

/// What is no part of a word by itself is one between such neighbours.
bool joins(CharClass c, CharClass before, CharClass behind) {
    return before == behind && ((c == CharClass::kBetweenAny &&
                                 (before == CharClass::kLetter || before == CharClass::kDigit)) ||
                                (c == CharClass::kBetweenDigits && before == CharClass::kDigit));
}

/// "__": what joins letters and digits, without any.
bool joins_nothing(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        if (u_charType(next_code_point(word, at)) != U_CONNECTOR_PUNCTUATION) {
            return false;
        }
    }
    return true;
}

bool is_separator(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '@';
}

}  // namespace

bool is_emoji(std::string_view word) {
    // Below are the signs ©, ® and ™ and such, which are emoji only when something says so.
    constexpr CodePoint kFirst = 0x2190;
    constexpr CodePoint kFirstOfPictures = 0x1F300;
    std::size_t at = 0;
    const CodePoint c = next_code_point(word, at);
    if (c < kFirst) {
        return false;
    }
    if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0) {
        return true;
    }
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 &&
           (c >= kFirstOfPictures || u_hasBinaryProperty(c, UCHAR_EMOJI) != 0);
}

void find_segments_by_icu(std::string_view text, std::size_t begin, std::vector<Segment>& out) {
    icu::BreakIterator& breaks = WordBreaks::of_this_thread().start(text);
    std::size_t from = 0;
    for (std::int32_t next = breaks.next(); next != icu::BreakIterator::DONE;
         next = breaks.next()) {
        const auto to = static_cast<std::size_t>(next);
        const std::string_view part = text.substr(from, to - from);
        const bool is_word =
            breaks.getRuleStatus() >= UBRK_WORD_NONE_LIMIT ? !joins_nothing(part) : is_emoji(part);
        if (is_word) {
            out.push_back({begin + from, begin + to});
        }
        from = to;
    }
}

bool is_plain(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (next_class(text, at) == CharClass::kUnknown) {
            return false;
        }
    }
    return true;
}

void find_segments_in_plain(std::string_view text, std::size_t begin, std::vector<Segment>& out) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        std::size_t to = at;
        bool is_word = false;
        CharClass before = CharClass::kOther;
        while (at < text.size()) {
            const CharClass c = next_class(text, at);
            if (!is_of_word(c)) {
                std::size_t ahead = at;
                if (!joins(c, before, next_class(text, ahead))) {
                    break;
                }
            }
            is_word = is_word || c == CharClass::kLetter || c == CharClass::kDigit;
            before = c;
            to = at;
        }
        if (is_word) {
            out.push_back({begin + from, begin + to});
        }
    }
}

void find_segments(std::string_view text, std::vector<Segment>& out) {
    // No rule of UAX #29 reaches over a space, nor does a dictionary: what lies between spaces can
    // be looked at by itself. Neighbours that need ICU are given to it together. It must see no
    // "@", which some versions of ICU take for a letter.
    std::size_t open = 0;  // [open, closed) waits for ICU
    std::size_t closed = 0;
    const auto ask_icu = [&] {
        if (open < closed) {
            find_segments_by_icu(text.substr(open, closed - open), open, out);
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '@') {
            ask_icu();
            open = closed = at;
        }
        if (is_separator(text[at])) {
            ++at;
            continue;
        }
        const std::size_t from = at;
        while (at < text.size() && !is_separator(text[at])) {
            ++at;
        }
        const std::string_view piece = text.substr(from, at - from);
        if (is_plain(piece)) {
            ask_icu();
            find_segments_in_plain(piece, from, out);
            open = closed = at;
        } else {
            open = open < closed ? open : from;
            closed = at;
        }
    }
    ask_icu();
}

}  // namespace rookery::discover::text
