#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace rookery::http {

/// The character classes of RFC 9110, section 5.6.2, as tables.
namespace grammar_detail {

constexpr std::array<bool, 256> make_token_table() {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}

constexpr std::array<bool, 256> make_value_table() {
    std::array<bool, 256> table{};
    for (std::size_t c = 0x20; c < 256; ++c) {
        table[c] = c != 0x7F;
    }
    table['\t'] = true;
    return table;
}

inline constexpr std::array<bool, 256> kToken = make_token_table();
inline constexpr std::array<bool, 256> kValue = make_value_table();

}  // namespace grammar_detail

[[nodiscard]] inline bool is_token_char(char c) {
    return grammar_detail::kToken[static_cast<unsigned char>(c)];
}

/// True for a non-empty token: a method, a header's name.
[[nodiscard]] inline bool is_token(std::string_view text) {
    bool all = !text.empty();
    for (const char c : text) {
        all = all && is_token_char(c);
    }
    return all;
}

/// True if nothing in `text` could end a header's line or hide in it.
[[nodiscard]] inline bool is_field_value(std::string_view text) {
    bool all = true;
    for (const char c : text) {
        all = all && grammar_detail::kValue[static_cast<unsigned char>(c)];
    }
    return all;
}

/// True for visible ASCII and for bytes above it, which clients send although RFC 3986 does not
/// have them.
[[nodiscard]] inline bool is_target_char(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F && c != '#';
}

}  // namespace rookery::http
