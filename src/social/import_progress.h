#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::social {

/// How far an import came: stored in the same commit as what it made, so that an import that was
/// interrupted, by kill -9 too, goes on where it stopped.
struct ImportProgress {
    std::uint64_t lines = 0;     ///< of the input, done for good
    std::uint64_t made = 0;      ///< follows or posts
    std::uint64_t accounts = 0;  ///< made because the input named them
    std::uint64_t skipped = 0;   ///< see the kind of import

    bool operator==(const ImportProgress&) const = default;
};

[[nodiscard]] std::string encode(const ImportProgress& progress);
[[nodiscard]] Result<ImportProgress> decode_import_progress(std::string_view bytes);

/// kInvalid if `name` cannot name an import: 1 to 200 bytes.
[[nodiscard]] Result<ports::Key> import_key(std::string name);

}  // namespace rookery::social
