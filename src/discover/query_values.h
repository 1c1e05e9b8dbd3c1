#pragma once

#include "discover/post_query.h"

#include <optional>
#include <string_view>

namespace rookery::discover {

/// The term of posts that "has:" and "is:" (the key) ask for; nothing if they cannot.
[[nodiscard]] std::optional<std::string_view>
property_term(std::string_view key, std::string_view value);

/// What "in:" names; nothing if it is no place.
[[nodiscard]] std::optional<PostScope> scope_of(std::string_view value);

}  // namespace rookery::discover
