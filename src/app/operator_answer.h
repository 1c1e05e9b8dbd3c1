#pragma once

#include "app/operator_link.h"
#include "http/params.h"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::app {

/// What the data directory answers to a command; ends the command where it refuses.
boost::json::value
ask_or_end(OperatorLink& link, const std::string& operation, http::Params params = {});

/// A number that an answer always has.
[[nodiscard]] std::uint64_t number_in(const boost::json::value& answer, std::string_view key);

}  // namespace rookery::app
