#include "social/text/unicode.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace rookery::social::text {

namespace {

bool has_category(CodePoint c, std::uint32_t mask) {
    return c >= 0 && (U_GET_GC_MASK(c) & mask) != 0;
}

void require_icu(UErrorCode status, const char* what) {
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
    }
}

}  // namespace

CodePoint next_code_point(std::string_view text, std::size_t& at) {
    if (at >= text.size()) {
        return kNoCodePoint;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto index = static_cast<std::int64_t>(at);
    const auto size = static_cast<std::int64_t>(text.size());
    UChar32 c = 0;
    U8_NEXT(bytes, index, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): a macro of ICU
    at = static_cast<std::size_t>(index);
    return c;
}

CodePoint code_point_before(std::string_view text, std::size_t at) {
    if (at == 0) {
        return kNoCodePoint;
    }
    const std::size_t begin = at - std::min<std::size_t>(at, U8_MAX_LENGTH);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + begin;
    auto index = static_cast<std::int32_t>(at - begin);
    UChar32 c = 0;
    U8_PREV(bytes, 0, index, c);
    return c;
}

// NOLINTNEXTLINE(readability-function-size): a macro of ICU
void append_utf8(std::string& out, CodePoint c) {
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool is_alphabetic(CodePoint c) {
    return has_category(c, U_GC_L_MASK | U_GC_M_MASK);
}
bool is_mark(CodePoint c) {
    return has_category(c, U_GC_M_MASK);
}
bool is_alphanumeric(CodePoint c) {
    return has_category(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK);
}
bool is_word(CodePoint c) {
    return has_category(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK);
}
bool is_white_space(CodePoint c) {
    return c >= 0 && u_isUWhiteSpace(c) != 0;
}
bool is_control(CodePoint c) {
    return has_category(c, U_GC_CC_MASK);
}
bool is_punctuation(CodePoint c) {
    return has_category(c, U_GC_P_MASK);
}

bool is_tag_separator(CodePoint c) {
    return c == '_' || c == 0x00B7 || c == 0x30FB || c == 0x200C;
}

std::string fold_tag(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    require_icu(status, "NFKC_Casefold");
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    const icu::StringPiece source(name.data(), static_cast<std::int32_t>(name.size()));
    fold->normalizeUTF8(0, source, sink, nullptr, status);
    require_icu(status, "normalizing");

    std::string kept;
    kept.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
        const CodePoint c = next_code_point(folded, at);
        if (is_word(c) || is_tag_separator(c)) {
            append_utf8(kept, c);
        }
    }
    return kept;
}

std::size_t count_graphemes(std::string_view text) {
    const bool plain = std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && c != '\r';
    });
    if (plain) {
        return text.size();
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status)
    );
    require_icu(status, "grapheme clusters");
    UText* source =
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
    breaks->setText(source, status);
    std::size_t count = 0;
    while (U_SUCCESS(status) && breaks->next() != icu::BreakIterator::DONE) {
        ++count;
    }
    utext_close(source);
    require_icu(status, "text");
    return count;
}

}  // namespace rookery::social::text
