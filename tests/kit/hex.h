#pragma once

#include <string>
#include <string_view>

namespace rookery::kit {

/// "0a ff": bytes as the pages about formats show them.
inline std::string hex(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto value = static_cast<unsigned char>(byte);
        out += out.empty() ? "" : " ";
        out += kDigits[value >> 4U];
        out += kDigits[value & 15U];
    }
    return out;
}

}  // namespace rookery::kit
