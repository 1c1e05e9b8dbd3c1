#include "http/params.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rookery::http {

namespace {

constexpr std::array<std::string_view, 5> kTrueTexts{"true", "1", "on", "t", "yes"};
constexpr std::array<std::string_view, 6> kFalseTexts{"false", "0", "off", "f", "no", ""};

/// True for `name` itself and for `name[]`.
bool is_same_name(std::string_view entry, std::string_view name) {
    return entry.starts_with(name) &&
           (entry.size() == name.size() || entry.substr(name.size()) == "[]");
}

bool is_one_of(std::string_view text, const auto& texts) {
    return std::ranges::any_of(texts, [&](std::string_view t) { return ascii_iequals(t, text); });
}

}  // namespace

void Params::add(std::string name, std::string value) {
    entries_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Params::get(std::string_view name) const {
    for (const auto& [entry, value] : entries_) {
        if (is_same_name(entry, name)) {
            return value;
        }
    }
    return std::nullopt;
}

std::string_view Params::get_or(std::string_view name, std::string_view otherwise) const {
    return get(name).value_or(otherwise);
}

std::vector<std::string_view> Params::list(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [entry, value] : entries_) {
        if (is_same_name(entry, name)) {
            values.emplace_back(value);
        }
    }
    return values;
}

std::optional<bool> Params::get_bool(std::string_view name) const {
    const auto text = get(name);
    if (text && is_one_of(*text, kTrueTexts)) {
        return true;
    }
    if (text && is_one_of(*text, kFalseTexts)) {
        return false;
    }
    return std::nullopt;
}

std::optional<std::int64_t> Params::get_number(std::string_view name) const {
    const auto text = get(name);
    if (!text) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return number;
}

void parse_form(std::string_view text, Params& out) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = std::min(pair.find('='), pair.size());
        out.add(
            percent_decode(pair.substr(0, equals), true),
            percent_decode(pair.substr(std::min(equals + 1, pair.size())), true)
        );
    }
}

}  // namespace rookery::http
