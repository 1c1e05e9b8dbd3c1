#pragma once

#include <string>
#include <string_view>

struct sb_stemmer;

namespace rookery::discover::text {

/// Takes endings off words, by the Snowball algorithm of one language. For the thread that made it.
class Stemmer {
public:
    /// ISO 639-1. A language that has no algorithm is allowed: nothing is stemmed then.
    explicit Stemmer(std::string_view language);

    [[nodiscard]] bool knows_language() const { return algorithm_ != nullptr; }

    /// The stem of a word as fold_case() makes it, with its marks; the word itself if it is of a
    /// script without stemming, a number or an emoji.
    void stem(const std::string& word, std::string& out) const;

private:
    sb_stemmer* algorithm_ = nullptr;  ///< the thread's
};

/// The stem of a word as typed, folded to the end.
[[nodiscard]] std::string stem_of(std::string_view word, std::string_view language);

}  // namespace rookery::discover::text
