#include "app/option.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <type_traits>

namespace rookery::app {

namespace {

Error at(std::string_view path, const toml::node& node, std::string_view problem) {
    return fail(
        ErrorCode::kInvalid, fmt::format("{}:{}: {}", path, node.source().begin.line, problem)
    );
}

std::string number_text(double value) {
    return std::floor(value) == value ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

template <class Number>
Result<void>
set_number(const Option& option, Number& target, const toml::node& node, std::string_view path) {
    const bool whole = std::is_integral_v<Number>;
    if (!(node.is_integer() || (!whole && node.is_floating_point()))) {
        return at(
            path, node, fmt::format("{} must be a{} number", option.key(), whole ? " whole" : "")
        );
    }
    const double value = node.is_integer() ? static_cast<double>(*node.value<std::int64_t>())
                                           : *node.value<double>();
    if (!(value >= option.least && value <= option.most)) {
        return at(
            path,
            node,
            fmt::format(
                "{} must be between {} and {}, not {}",
                option.key(),
                number_text(option.least),
                number_text(option.most),
                number_text(value)
            )
        );
    }
    target = node.is_integer() ? static_cast<Number>(*node.value<std::int64_t>())
                               : static_cast<Number>(value);
    return {};
}

Result<void>
set_text(const Option& option, std::string& target, const toml::node& node, std::string_view path) {
    const auto value = node.value_exact<std::string>();
    if (!value) {
        return at(path, node, option.key() + " must be a text in quotes");
    }
    if (!option.choices.empty() &&
        std::ranges::find(option.choices, *value) == option.choices.end()) {
        return at(
            path,
            node,
            fmt::format(
                "{} must be one of {}, not \"{}\"",
                option.key(),
                fmt::join(option.choices, ", "),
                *value
            )
        );
    }
    if (option.choices.empty() && static_cast<double>(value->size()) > option.most) {
        return at(
            path,
            node,
            fmt::format("{} must be at most {} bytes long", option.key(), number_text(option.most))
        );
    }
    target = *value;
    return {};
}

Result<void> set_texts(
    const Option& option,
    std::vector<std::string>& target,
    const toml::node& node,
    std::string_view path
) {
    const toml::array* items = node.as_array();
    std::vector<std::string> values;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        if (const auto value = (*items)[i].value_exact<std::string>()) {
            values.push_back(*value);
        }
    }
    if (items == nullptr || values.size() != items->size()) {
        return at(path, node, option.key() + " must be a list of texts: [\"one\", \"two\"]");
    }
    target = std::move(values);
    return {};
}

Result<void> set(const Option& option, const toml::node& node, std::string_view path) {
    const auto assign = [&](auto* target) -> Result<void> {
        using Value = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_same_v<Value, bool>) {
            const auto value = node.value_exact<bool>();
            if (!value) {
                return at(path, node, option.key() + " must be true or false");
            }
            *target = *value;
            return {};
        } else if constexpr (std::is_same_v<Value, std::string>) {
            return set_text(option, *target, node, path);
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
            return set_texts(option, *target, node, path);
        } else if constexpr (std::is_same_v<Value, std::chrono::milliseconds>) {
            std::int64_t count = 0;
            auto read = set_number(option, count, node, path);
            if (read) {
                *target = std::chrono::milliseconds(count);
            }
            return read;
        } else {
            return set_number(option, *target, node, path);
        }
    };
    return std::visit(assign, option.target);
}

/// TOML's basic strings escape as JSON's do, in what a configuration holds.
std::string quoted(std::string_view text) {
    std::ostringstream out;
    out << toml::value<std::string>(std::string(text));
    return out.str();
}

std::string value_text(const Option& option) {
    const auto print = [](const auto* target) -> std::string {
        using Value = std::remove_cv_t<std::remove_pointer_t<decltype(target)>>;
        if constexpr (std::is_same_v<Value, bool>) {
            return *target ? "true" : "false";
        } else if constexpr (std::is_same_v<Value, std::string>) {
            return quoted(*target);
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
            std::vector<std::string> items;
            std::ranges::transform(*target, std::back_inserter(items), quoted);
            return fmt::format("[{}]", fmt::join(items, ", "));
        } else if constexpr (std::is_same_v<Value, std::chrono::milliseconds>) {
            return fmt::format("{}", target->count());
        } else if constexpr (std::is_same_v<Value, double>) {
            return fmt::format("{:#}", *target);  // TOML wants a point in a float
        } else {
            return fmt::format("{}", *target);
        }
    };
    return std::visit(print, option.target);
}

std::string range_text(const Option& option) {
    if (!option.choices.empty()) {
        return fmt::format("{}", fmt::join(option.choices, ", "));
    }
    if (std::holds_alternative<bool*>(option.target)) {
        return "true, false";
    }
    if (std::holds_alternative<std::string*>(option.target)) {
        return "text";
    }
    if (std::holds_alternative<std::vector<std::string>*>(option.target)) {
        return "list of texts";
    }
    return number_text(option.least) + " to " + number_text(option.most);
}

}  // namespace

Result<void>
read_options(std::string_view toml, std::string_view path, std::span<const Option> options) {
    toml::table table;
    try {
        table = toml::parse(toml, path);
    } catch (const toml::parse_error& error) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("{}:{}: {}", path, error.source().begin.line, error.description())
        );
    }
    for (const auto& [section, section_node] : table) {
        const auto in_section = [&](const Option& o) { return o.section == section.str(); };
        if (std::ranges::none_of(options, in_section)) {
            return at(path, section_node, fmt::format("unknown section or key: {}", section.str()));
        }
        const toml::table* keys = section_node.as_table();
        if (keys == nullptr) {
            return at(
                path, section_node, fmt::format("{0} must be a section: [{0}]", section.str())
            );
        }
        for (const auto& [name, node] : *keys) {
            const auto is_named = [&](const Option& o) {
                return in_section(o) && o.name == name.str();
            };
            const auto option = std::ranges::find_if(options, is_named);
            if (option == options.end()) {
                return at(path, node, fmt::format("unknown key: {}.{}", section.str(), name.str()));
            }
            if (auto done = set(*option, node, path); !done) {
                return done;
            }
        }
    }
    return {};
}

std::string print_options_toml(std::span<const Option> options) {
    std::string out;
    std::string_view section;
    for (const Option& option : options) {
        if (option.section != section) {
            section = option.section;
            out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", section);
        }
        out += fmt::format("# {} ({})\n", option.text, range_text(option));
        if (!option.price.empty()) {
            out += fmt::format("# Price: {}\n", option.price);
        }
        out += fmt::format("{} = {}\n", option.name, value_text(option));
    }
    return out;
}

std::string print_options_markdown(std::span<const Option> options) {
    std::string out;
    std::string_view section;
    for (const Option& option : options) {
        if (option.section != section) {
            section = option.section;
            out += fmt::format(
                "\n## [{}]\n\n| key | default | possible | meaning | price "
                "|\n|---|---|---|---|---|\n",
                section
            );
        }
        out += fmt::format(
            "| `{}` | `{}` | {} | {} | {} |\n",
            option.name,
            value_text(option),
            range_text(option),
            option.text,
            option.price
        );
    }
    return out;
}

}  // namespace rookery::app
