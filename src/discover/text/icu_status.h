#pragma once

#include <unicode/utypes.h>

#include <stdexcept>
#include <string>

namespace rookery::discover::text {

/// What ICU refuses here is no input, but a broken installation or a bug of ours.
inline void require_icu(UErrorCode status, const char* what) {
    if (U_FAILURE(status)) {
        throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
    }
}

}  // namespace rookery::discover::text
