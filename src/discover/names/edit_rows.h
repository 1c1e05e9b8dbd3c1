#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::discover::names {

/// Compares a typed word with a term letter by letter, and can go back: along sorted terms, what
/// they begin with alike is compared once. Counts letters that are too many, missing or others, and
/// neighbours that changed places, each letter once: the restricted Damerau-Levenshtein distance,
/// row by row (Wagner and Fischer, "The String-to-String Correction Problem", 1974), of each row
/// only what `errors_max` can reach (Ukkonen, "Algorithms for Approximate String Matching", 1985).
class EditRows {
public:
    static constexpr std::size_t kLettersMax = 64;
    static constexpr std::size_t kErrorsMax = 2;

    /// `typed` has at most kLettersMax letters and is not empty; it must outlive this. At most
    /// kErrorsMax errors.
    EditRows(std::u32string_view typed, std::size_t errors_max);

    /// Letters compared so far.
    [[nodiscard]] std::size_t depth() const { return depth_; }
    void go_back_to(std::size_t depth) { depth_ = std::min(depth, depth_); }
    /// Takes the term's next letter. Only while can_go_on().
    void push(char32_t letter);

    /// False if no term that goes on from here can match.
    [[nodiscard]] bool can_go_on() const { return rows_[depth_].lowest <= errors_max_; }
    /// True if every term that begins like this matches, as a word of which not all is typed: its
    /// last typed letter is no error, so that "bob" is not taken for the beginning of "boris".
    [[nodiscard]] bool matches_as_prefix() const { return rows_[depth_].as_prefix <= errors_max_; }
    /// True if the term matches if it ends here.
    [[nodiscard]] bool matches_as_word() const { return rows_[depth_].as_word <= errors_max_; }

private:
    struct Row {
        std::array<std::uint8_t, kLettersMax + 2> cells{};
        char32_t letter = 0;
        std::uint8_t lowest = 0;
        std::uint8_t as_prefix = 0;
        std::uint8_t as_word = 0;
    };
    // A row deeper than this has no cell that few errors reach.
    static constexpr std::size_t kDepthMax = kLettersMax + kErrorsMax + 1;

    [[nodiscard]] std::uint8_t swapped(char32_t letter, std::size_t column) const;

    std::u32string_view typed_;
    std::uint8_t errors_max_;
    std::uint8_t too_many_;
    std::size_t depth_ = 0;
    std::array<Row, kDepthMax + 1> rows_;
};

/// How a term compares with a typed word.
struct Similarity {
    bool as_prefix = false;
    bool as_word = false;
};
[[nodiscard]] Similarity
compare(std::u32string_view typed, std::string_view term, std::size_t errors_max);

}  // namespace rookery::discover::names
