#include "base/id_generator.h"

#include "base/ids.h"
#include "base/random.h"

namespace rookery {

namespace {
constexpr int kNodeShift = 16;
constexpr std::uint64_t kSequenceMask = 0xFFFF;
}  // namespace

IdGenerator::IdGenerator(const Clock& clock, unsigned node, std::uint64_t seed)
    : clock_(clock),
      node_bits_(static_cast<std::uint64_t>(node & 63U) << kNodeShift),
      random_state_(seed) {}

std::uint64_t IdGenerator::next() {
    const std::uint64_t time_bits = first_id_at(clock_.now_ms());
    const std::lock_guard lock(mutex_);
    const std::uint64_t last_time_bits = last_ >> kIdTimeShift << kIdTimeShift;
    std::uint64_t id = 0;
    if (time_bits > last_time_bits) {
        // A start in the lower half leaves room for 32,768 more in the same millisecond.
        const std::uint64_t start = split_mix64(random_state_) & (kSequenceMask >> 1);
        id = time_bits | node_bits_ | start;
    } else if ((last_ & kSequenceMask) < kSequenceMask) {
        id = last_time_bits | node_bits_ | ((last_ & kSequenceMask) + 1);
    } else {
        id = (last_time_bits + (1ULL << kIdTimeShift)) | node_bits_;
    }
    last_ = id;
    return id;
}

void IdGenerator::stay_above(std::uint64_t floor) {
    const std::lock_guard lock(mutex_);
    if (floor > last_) {
        last_ = (floor >> kIdTimeShift << kIdTimeShift) | kSequenceMask;
    }
}

}  // namespace rookery
