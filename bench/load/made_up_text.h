#pragma once

#include "base/random.h"

#include <string>
#include <string_view>

namespace rookery::load {

/// A text of 6 to 15 words that ends with the word `mark`.
[[nodiscard]] std::string made_up_text(Random& random, std::string_view mark);

}  // namespace rookery::load
