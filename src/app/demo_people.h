#pragma once

#include "app/demo_grammar.h"
#include "app/demo_network.h"
#include "base/random.h"

#include <cstddef>
#include <vector>

namespace rookery::app::demo {

/// The guest, the celebrities, then everybody else; who joined first stands anywhere.
[[nodiscard]] std::vector<Person>
make_people(std::size_t count, UnixMs first_ms, const Grammar& grammar, Random& random);

}  // namespace rookery::app::demo
