#pragma once

#include "base/result.h"

#include <stdexcept>
#include <utility>

namespace rookery::kit {

/// What must not fail in a test that is no place for assertions: throws what the error says.
template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
}

}  // namespace rookery::kit
