#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::names {

/// Terms of a dictionary, by their places in it: [from, until).
struct TermSpan {
    std::uint32_t from = 0;
    std::uint32_t until = 0;

    [[nodiscard]] bool contains(std::uint32_t term) const { return term >= from && term < until; }
    [[nodiscard]] bool empty() const { return from >= until; }
    bool operator==(const TermSpan&) const = default;
};

/// Different terms in the order of their bytes. Never changed once filled.
class Dictionary {
public:
    /// `term` is above all that were added.
    void add(std::string_view term);
    void shrink();

    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::string_view at(std::size_t term) const {
        const std::size_t begin = term == 0 ? 0 : ends_[term - 1];
        return std::string_view(text_).substr(begin, ends_[term] - begin);
    }
    [[nodiscard]] std::size_t bytes() const {
        return text_.capacity() + ends_.capacity() * sizeof(std::uint32_t);
    }

    /// Those that begin with `prefix`. A term that is the prefix itself is the first of them.
    [[nodiscard]] TermSpan starting_with(std::string_view prefix) const;
    /// Those that EditRows finds similar, as prefix or as word; in order, apart from each other.
    [[nodiscard]] std::vector<TermSpan>
    similar_to(std::u32string_view typed, std::size_t errors_max) const;

private:
    /// The first term from `term` on that does not share its first `bytes` bytes.
    [[nodiscard]] std::size_t end_of_kin(std::size_t term, std::size_t bytes) const;

    std::string text_;
    std::vector<std::uint32_t> ends_;
};

}  // namespace rookery::discover::names
