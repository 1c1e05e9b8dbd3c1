#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::http {

/// The parameters of a request, whatever they came as: query, form, multipart or JSON. Nested JSON
/// and bracketed names are flattened to one form: `poll[options][]`, `source[privacy]`,
/// `fields_attributes[0][name]`. A JSON null is an absent parameter; JSON booleans and numbers are
/// their text. Where both query and body have a name, the body's values come first.
class Params {
public:
    void add(std::string name, std::string value);

    /// The first value of `name`, or of `name[]`.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
    [[nodiscard]] std::string_view get_or(std::string_view name, std::string_view otherwise) const;
    [[nodiscard]] bool has(std::string_view name) const { return get(name).has_value(); }

    /// All values of `name` and of `name[]`, in order: `id[]=1&id[]=2` and `id=1`.
    [[nodiscard]] std::vector<std::string_view> list(std::string_view name) const;

    /// true, 1, on, t, yes (any case) are true; false, 0, off, f, no and "" are false; anything
    /// else, or an absent name, is nothing.
    [[nodiscard]] std::optional<bool> get_bool(std::string_view name) const;

    /// A decimal number, or nothing if absent or not one.
    [[nodiscard]] std::optional<std::int64_t> get_number(std::string_view name) const;

    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
        return entries_;
    }

private:
    std::vector<std::pair<std::string, std::string>> entries_;
};

/// Adds the pairs of an application/x-www-form-urlencoded string (WHATWG URL, section 5.1).
void parse_form(std::string_view text, Params& out);

}  // namespace rookery::http
