#include "limits/tally.h"

namespace rookery::limits {

std::size_t Tally::place_of_thread() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t place =
        threads.fetch_add(1, std::memory_order_relaxed) % std::tuple_size_v<decltype(places_)>;
    return place;
}

Said Tally::total() const {
    Said sum;
    for (const Place& place : places_) {
        sum.allowed += place.allowed.load(std::memory_order_relaxed);
        sum.refused += place.refused.load(std::memory_order_relaxed);
    }
    return sum;
}

void Tally::tick(Nanos now) {
    const std::lock_guard lock(mutex_);
    const Said sum = total();
    const Said news{sum.allowed - ticked_.allowed, sum.refused - ticked_.refused};
    ticked_ = sum;
    while (!minutes_.empty() &&
           minutes_.front().begins + static_cast<Nanos>(kMinutes) * kMinute <= now) {
        minutes_.pop_front();
    }
    if (news == Said{}) {
        return;
    }
    const Nanos begins = now - now % kMinute;
    if (minutes_.empty() || minutes_.back().begins < begins) {
        minutes_.push_back({begins, {}});
    }
    minutes_.back().said.allowed += news.allowed;
    minutes_.back().said.refused += news.refused;
}

std::vector<Tally::Minute> Tally::minutes() const {
    const std::lock_guard lock(mutex_);
    return {minutes_.begin(), minutes_.end()};
}

}  // namespace rookery::limits
