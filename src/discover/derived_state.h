#pragma once

#include "base/result.h"
#include "base/task.h"

#include <string_view>

namespace rookery::discover {

/// What is made of what is stored, and can be made again: an index, a graph in memory. Events tell
/// it of changes through an events::Consumer; what else it has to do, it does in the steps below,
/// which one coroutine at a time calls, on another thread than the consumer's.
class DerivedState {
public:
    virtual ~DerivedState() = default;

    /// For the log: "the index of posts".
    [[nodiscard]] virtual std::string_view what() const = 0;

    /// Once, before work(), when its consumer has been added; asked again after an error.
    [[nodiscard]] virtual Task<Result<void>> start() { co_return Result<void>(); }

    /// One step of some tens of milliseconds at most; true if there is more to do at once. Asked
    /// again a moment after false or an error.
    [[nodiscard]] virtual Task<Result<bool>> work() = 0;

    /// Makes durable what is: from time to time, and at the stop.
    [[nodiscard]] virtual Task<Result<void>> flush() { co_return Result<void>(); }
};

}  // namespace rookery::discover
