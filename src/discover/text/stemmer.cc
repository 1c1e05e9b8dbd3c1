#include "discover/text/stemmer.h"

#include "discover/text/fold.h"
#include "social/text/unicode.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>

namespace rookery::discover::text {

namespace {

struct Language {
    std::string_view code;
    const char* algorithm;
};

constexpr auto kLanguages = std::to_array<Language>({
    {"ar", "ar"}, {"ca", "ca"}, {"da", "da"}, {"de", "de"}, {"el", "el"}, {"en", "en"},
    {"es", "es"}, {"eu", "eu"}, {"fi", "fi"}, {"fr", "fr"}, {"ga", "ga"}, {"hi", "hi"},
    {"hu", "hu"}, {"hy", "hy"}, {"id", "id"}, {"it", "it"}, {"lt", "lt"}, {"nb", "no"},
    {"ne", "ne"}, {"nl", "nl"}, {"nn", "no"}, {"no", "no"}, {"pt", "pt"}, {"ro", "ro"},
    {"ru", "ru"}, {"sr", "sr"}, {"sv", "sv"}, {"ta", "ta"}, {"tr", "tr"}, {"yi", "yi"},
});

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

/// An algorithm has buffers of its own: a thread has one of each that it has needed.
sb_stemmer* algorithm_of(std::string_view code) {
    thread_local std::array<std::unique_ptr<sb_stemmer, StemmerDeleter>, kLanguages.size()> made;
    const auto* const found = std::ranges::find(kLanguages, code, &Language::code);
    if (found == kLanguages.end()) {
        return nullptr;
    }
    auto& algorithm = made[static_cast<std::size_t>(found - kLanguages.begin())];
    if (!algorithm) {
        algorithm.reset(sb_stemmer_new(found->algorithm, "UTF_8"));
    }
    return algorithm.get();
}

/// Begins with a letter of a script that some algorithm is for: all lie below CJK.
bool is_stemmable(const std::string& word) {
    constexpr social::text::CodePoint kEnd = 0x2000;
    std::size_t at = 0;
    const social::text::CodePoint c = social::text::next_code_point(word, at);
    return c < kEnd && social::text::is_alphabetic(c);
}

}  // namespace

Stemmer::Stemmer(std::string_view language) : algorithm_(algorithm_of(language)) {}

void Stemmer::stem(const std::string& word, std::string& out) const {
    // The algorithms take a number that fits; and what is longer than a word is none.
    if (algorithm_ == nullptr || word.size() > kWordBytesMax || !is_stemmable(word)) {
        out = word;
        return;
    }
    const sb_symbol* stem = sb_stemmer_stem(
        algorithm_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size())
    );
    if (stem == nullptr || sb_stemmer_length(algorithm_) == 0) {
        out = word;
        return;
    }
    out.assign(
        reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(algorithm_))
    );
}

std::string stem_of(std::string_view word, std::string_view language) {
    std::string cased;
    fold_case(word, cased);
    std::string stem;
    Stemmer(language).stem(cased, stem);
    fold_marks(stem);
    cut_word(stem);
    return stem;
}

}  // namespace rookery::discover::text
