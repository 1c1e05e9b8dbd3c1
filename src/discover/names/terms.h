#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::names {

/// What a username is found by.
[[nodiscard]] std::string handle_term(std::string_view username);
/// What a hashtag in its stored form is found by; empty if nothing is left of it.
[[nodiscard]] std::string tag_term(std::string_view tag);

/// The words of a display name, and the parts of a username that underscores part. Of scripts that
/// write without spaces, instead, what follows each of their letters: any part of such a name finds
/// it, however its bearer spaces it.
[[nodiscard]] std::vector<std::string>
name_terms(std::string_view display_name, std::string_view username);

/// The different words of a text about oneself, the first `words_max` of them. Of scripts that
/// write without spaces, the words of a dictionary.
[[nodiscard]] std::vector<std::string> bio_terms(std::string_view note, std::size_t words_max);

/// The words of what somebody types, without spaces in it: those of scripts that write without
/// spaces as they stand together.
[[nodiscard]] std::vector<std::string> typed_terms(std::string_view token);

}  // namespace rookery::discover::names
