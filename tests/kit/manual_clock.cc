#include "kit/manual_clock.h"

namespace rookery::kit {

std::chrono::steady_clock::time_point ManualClock::steady() const {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now_ms_ - kStartMs));
}

}  // namespace rookery::kit
