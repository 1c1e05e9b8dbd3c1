#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::load {

/// The accounts that act in a run: the server's id of each, its access token, and its number in the
/// graph. Immutable once read.
class People {
public:
    /// A line is "ID TOKEN" or "ID TOKEN NUMBER"; without a number, the id is the number. # begins
    /// a comment. At most `count_max` are read. kInvalid names the line that is wrong.
    [[nodiscard]] static Result<People> read(const std::string& path, std::size_t count_max);

    void add(std::string_view id, std::string_view token, std::uint64_t number);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::string_view id(std::size_t index) const;
    [[nodiscard]] std::string_view token(std::size_t index) const;
    [[nodiscard]] std::uint64_t number(std::size_t index) const { return entries_[index].number; }

private:
    struct Entry {
        std::uint64_t begin = 0;
        std::uint64_t number = 0;
        std::uint32_t id_size = 0;
        std::uint32_t token_size = 0;
    };

    std::string text_;  ///< id and token of one after the other: millions fit
    std::vector<Entry> entries_;
};

}  // namespace rookery::load
