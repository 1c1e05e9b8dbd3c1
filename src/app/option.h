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

struct Option;

/// What stands in a configuration file as [[section.name]]: tables of one form, of which each has a
/// key "name" that says which it is.
class OptionList {
public:
    OptionList() = default;
    OptionList(const OptionList&) = default;
    OptionList(OptionList&&) = default;
    OptionList& operator=(const OptionList&) = default;
    OptionList& operator=(OptionList&&) = default;
    virtual ~OptionList() = default;

    [[nodiscard]] virtual std::vector<std::string> names() const = 0;
    /// The keys of the table of that name, which is made if there is none. Valid as long as the
    /// list is.
    [[nodiscard]] virtual std::vector<Option> entry(std::string_view name) = 0;
    /// What is wrong with the table of that name as a whole, once its keys have been read.
    [[nodiscard]] virtual Result<void> check(std::string_view name) const = 0;
};

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
        std::vector<std::string>*,
        OptionList*>;

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

/// Sets the targets from TOML text. In a section, a list comes after all other keys. kInvalid names
/// `path`, line and key: for text that does not parse, an unknown key, a value of the wrong type
/// and one that is out of range.
[[nodiscard]] Result<void>
read_options(std::string_view toml, std::string_view path, std::span<const Option> options);

/// The keys whose values differ between two tables of the same options; lists are not compared.
[[nodiscard]] std::vector<std::string>
changed_keys(std::span<const Option> before, std::span<const Option> after);

/// A complete file with the present values of the targets.
[[nodiscard]] std::string print_options_toml(std::span<const Option> options);

/// A table for each section, with the present values of the targets as defaults.
[[nodiscard]] std::string print_options_markdown(std::span<const Option> options);

}  // namespace rookery::app
