#pragma once

#include <string_view>

namespace rookery::app {

inline constexpr std::string_view kVersion = ROOKERY_VERSION;
inline constexpr std::string_view kVersionLine = "rookery " ROOKERY_VERSION;

}  // namespace rookery::app
