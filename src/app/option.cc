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

Result<void> set(const Option& option, const toml::node& node, std::string_view path);

Result<void>
set_entry(const Option& option, OptionList& list, const toml::table& table, std::string_view path) {
    const auto name = table["name"].value_exact<std::string>();
    if (!name) {
        return at(path, table, option.key() + " must have a name: name = \"…\"");
    }
    const std::vector<Option> keys = list.entry(*name);
    for (const auto& [key, node] : table) {
        const auto known = std::ranges::find(keys, key.str(), &Option::name);
        if (known == keys.end()) {
            return at(path, node, fmt::format("unknown key: {}.{}", option.key(), key.str()));
        }
        if (auto done = set(*known, node, path); !done) {
            return done;
        }
    }
    if (auto checked = list.check(*name); !checked) {
        return at(path, table, checked.error().message);
    }
    return {};
}

Result<void>
set_list(const Option& option, OptionList& list, const toml::node& node, std::string_view path) {
    const toml::array* tables = node.as_array();
    if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table)) {
        return at(path, node, fmt::format("{0} must be tables: [[{0}]]", option.key()));
    }
    for (const toml::node& table : *tables) {
        if (auto done = set_entry(option, list, *table.as_table(), path); !done) {
            return done;
        }
    }
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
        } else if constexpr (std::is_same_v<Value, OptionList>) {
            return set_list(option, *target, node, path);
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
        } else if constexpr (std::is_same_v<Value, OptionList>) {
            return fmt::format("{} tables", target->names().size());
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
    if (std::holds_alternative<OptionList*>(option.target)) {
        return "tables";
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

namespace {

OptionList* list_of(const Option& option) {
    OptionList* const* list = std::get_if<OptionList*>(&option.target);
    return list == nullptr ? nullptr : *list;
}

std::string comment_of(const Option& option) {
    std::string text = fmt::format("# {} ({})\n", option.text, range_text(option));
    if (!option.price.empty()) {
        text += fmt::format("# Price: {}\n", option.price);
    }
    return text;
}

/// What the keys mean stands before the first table, not in each.
std::string list_toml(const Option& option, OptionList& list) {
    std::string out = fmt::format("# {}\n", option.text);
    const auto names = list.names();
    if (!names.empty()) {
        for (const Option& key : list.entry(names.front())) {
            out += fmt::format("# {}: {} ({})\n", key.name, key.text, range_text(key));
        }
    }
    for (const std::string& name : names) {
        out += fmt::format("\n[[{}]]\n", option.key());
        for (const Option& key : list.entry(name)) {
            out += fmt::format("{} = {}\n", key.name, value_text(key));
        }
    }
    return out;
}

std::string row_of(const Option& option, std::string_view value) {
    return fmt::format(
        "| `{}` | {} | {} | {} | {} |\n",
        option.name,
        value,
        range_text(option),
        option.text,
        option.price
    );
}

constexpr std::string_view kTableHead =
    "| key | default | possible | meaning | price |\n|---|---|---|---|---|\n";

/// The keys, with a default where all tables have the same; then the tables, with the others.
std::string list_markdown(const Option& option, OptionList& list) {
    std::vector<std::vector<Option>> entries;
    for (const std::string& name : list.names()) {
        entries.push_back(list.entry(name));
    }
    std::string keys;
    std::string head = "|";
    std::string line = "|";
    std::vector<std::string> rows(entries.size(), "|");
    for (std::size_t i = 0; !entries.empty() && i < entries.front().size(); ++i) {
        const std::string first = value_text(entries.front()[i]);
        const bool same = std::ranges::all_of(entries, [&](const std::vector<Option>& entry) {
            return value_text(entry[i]) == first;
        });
        keys += row_of(entries.front()[i], same ? fmt::format("`{}`", first) : "below");
        if (same) {
            continue;
        }
        head += fmt::format(" {} |", entries.front()[i].name);
        line += "---|";
        for (std::size_t entry = 0; entry < entries.size(); ++entry) {
            rows[entry] += fmt::format(" `{}` |", value_text(entries[entry][i]));
        }
    }
    return fmt::format(
        "\n### [[{}]]\n\n{}\n\n{}{}\n{}\n{}\n{}\n",
        option.key(),
        option.text,
        kTableHead,
        keys,
        head,
        line,
        fmt::join(rows, "\n")
    );
}

}  // namespace

std::vector<std::string>
changed_keys(std::span<const Option> before, std::span<const Option> after) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
        if (list_of(before[i]) == nullptr && value_text(before[i]) != value_text(after[i])) {
            keys.push_back(before[i].key());
        }
    }
    return keys;
}

std::string print_options_toml(std::span<const Option> options) {
    std::string out;
    std::string_view section;
    for (const Option& option : options) {
        if (option.section != section) {
            section = option.section;
            out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", section);
        }
        if (OptionList* const list = list_of(option)) {
            out += list_toml(option, *list);
        } else {
            out += comment_of(option) + fmt::format("{} = {}\n", option.name, value_text(option));
        }
    }
    return out;
}

std::string print_options_markdown(std::span<const Option> options) {
    std::string out;
    std::string_view section;
    for (const Option& option : options) {
        if (option.section != section) {
            section = option.section;
            out += fmt::format("\n## [{}]\n\n{}", section, kTableHead);
        }
        if (OptionList* const list = list_of(option)) {
            out += list_markdown(option, *list);
        } else {
            out += row_of(option, fmt::format("`{}`", value_text(option)));
        }
    }
    return out;
}

}  // namespace rookery::app
