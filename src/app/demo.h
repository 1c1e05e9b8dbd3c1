#pragma once

#include "app/config.h"
#include "base/result.h"

#include <functional>
#include <optional>
#include <string>

namespace rookery::app::demo {

struct SignIn {
    std::string username;
    std::string password;
};

/// Makes the demo network (demo_network.h) in the data directory `data`, which must not hold a
/// store yet: kConflict. It is written by the same services as everything else, with their clock
/// set back, into a folder beside and moved into place at the end, so that an interruption leaves
/// nothing. `stop_asked` is asked now and then; then the error is kUnavailable.
[[nodiscard]] Result<SignIn>
fill(const Config& config, const std::string& data, const std::function<bool()>& stop_asked);

/// How to sign in to the demo in `data`; nothing if it has none.
[[nodiscard]] std::optional<SignIn> sign_in_of(const std::string& data);

}  // namespace rookery::app::demo
