#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery::app {

/// One key of the configuration file: where its value goes, what it may be, what it is for and what
/// more of it costs. The file is read, printed and documented from a table of these.
struct Option {
    using Target = std::variant<
        bool*,
        int*,
        std::uint16_t*,
        std::uint32_t*,
        std::int64_t*,
        std::uint64_t*,
        double*,
        std::chrono::milliseconds*,
        std::string*,
        std::vector<std::string>*>;

    std::string_view section;
    std::string_view name;
    Target target;
    /// The least and the most that a number may be; of a text, the bytes; unused otherwise.
    double least = 0;
    double most = 0;
    std::string_view text;   ///< what it is: one sentence
    std::string_view price;  ///< what more of it costs; empty: nothing worth a word
    /// Texts only: nothing else is possible. Empty: anything is.
    std::vector<std::string_view> choices;

    [[nodiscard]] std::string key() const { return std::string(section) + "." + std::string(name); }
};

/// Sets the targets from TOML text. kInvalid names `path`, line and key: for text that does not
/// parse, an unknown key, a value of the wrong type and one that is out of range.
[[nodiscard]] Result<void>
read_options(std::string_view toml, std::string_view path, std::span<const Option> options);

/// A complete file with the present values of the targets.
[[nodiscard]] std::string print_options_toml(std::span<const Option> options);

/// A table for each section, with the present values of the targets as defaults.
[[nodiscard]] std::string print_options_markdown(std::span<const Option> options);

}  // namespace rookery::app
