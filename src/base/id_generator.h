#pragma once

#include "base/clock.h"

#include <cstdint>
#include <mutex>

namespace rookery {

/// Makes ids that strictly increase on this node, also when the wall clock steps back (it then goes
/// on from the last id until the clock has caught up). See ids.h for the layout. Thread-safe.
class IdGenerator {
public:
    /// `node` is 0..63 and unique among the processes that write to one store.
    IdGenerator(const Clock& clock, unsigned node, std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();

    /// Never make an id at or below `floor`: called at start with the newest id in the store.
    void stay_above(std::uint64_t floor);

private:
    const Clock& clock_;
    const std::uint64_t node_bits_;
    std::mutex mutex_;
    std::uint64_t random_state_;
    std::uint64_t last_ = 0;
};

}  // namespace rookery
