#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::mastodon {

/// Packs texts that say much the same into what sets them apart: the rest is copied from a
/// dictionary when a text is needed. Memory is what such texts cost a page, which is put together
/// of forty that are in none of the processor's caches; the dictionary always is.
///
/// This is LZ77 (Ziv and Lempel, "A Universal Algorithm for Sequential Data Compression", 1977)
/// against a preset dictionary, as in RFC 1950, without references into the text itself, and, as in
/// LZ4, with copies of whole words that may go beyond an end. Thread-safe.
class TextDictionary {
public:
    /// The longest dictionary; what is beyond it is left out.
    static constexpr std::size_t kBytesMax = std::size_t{64} * 1024;
    /// How many bytes behind its end unpacking a text may write to.
    static constexpr std::size_t kSlackBytes = 32;

    /// `phrases`: what the texts have in common, in any order, and the longer in one piece, the
    /// better.
    explicit TextDictionary(std::string_view phrases);

    TextDictionary(const TextDictionary&) = delete;
    TextDictionary& operator=(const TextDictionary&) = delete;

    /// For texts of less than 4 GB. The form is for this dictionary, this process and this machine.
    [[nodiscard]] std::string pack(std::string_view text) const;

    /// Writes the text that was packed, and returns its end. `packed` was made by pack() here;
    /// `out` has room for the text and kSlackBytes.
    char* unpack(std::string_view packed, char* out) const;
    /// Of the text that was packed.
    [[nodiscard]] static std::size_t bytes_of(std::string_view packed);
    /// The text that was packed.
    [[nodiscard]] std::string text(std::string_view packed) const;

private:
    /// A place in the dictionary, and how many bytes are the same from there on.
    struct Match {
        std::size_t begin = 0;
        std::size_t bytes = 0;
    };
    [[nodiscard]] Match longest_match(std::string_view text) const;

    std::string phrases_;  ///< with kSlackBytes behind them
    std::size_t bytes_;    ///< of the phrases
    /// Places by the hash of the bytes that begin there: the last such place, and for each place
    /// the one before it; kNowhere ends the chain.
    std::vector<std::uint32_t> last_;
    std::vector<std::uint32_t> before_;
};

}  // namespace rookery::api::mastodon
