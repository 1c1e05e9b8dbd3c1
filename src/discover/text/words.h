#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::text {

/// A word of a text, in the forms that it is found by.
struct Word {
    std::string folded;  ///< fold(), at most kWordBytesMax bytes, not empty
    std::string stem;    ///< of the language asked for; `folded` where nothing is stemmed
    /// Where it stands: text[begin, end), cut at code points. Words of an encoded path have all of
    /// the path.
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t position = 0;  ///< 0, 1, 2 …: neighbours follow one another

    bool operator==(const Word&) const = default;
};

struct SplitText {
    std::vector<Word> words;
    bool has_url = false;
};

/// The words of a post or of a query, in order: what find_segments() finds, without the article
/// that French and its kin write before an apostrophe, and without underscores around it. Links,
/// mentions and hashtags are taken apart by what they mean: of a URL the host (without "www.") and
/// the words of its path, decoded; of a mention the username; of a hashtag its name.
///
/// `language` is ISO 639-1 or empty. Bytes that are not UTF-8 part words. Takes time linear in the
/// text. Thread-safe; each thread keeps what ICU and the stemmers need.
[[nodiscard]] SplitText split_words(std::string_view text, std::string_view language);

}  // namespace rookery::discover::text
