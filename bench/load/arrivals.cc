#include "load/arrivals.h"

#include "base/random.h"

#include <cmath>

namespace rookery::load {

std::vector<std::int64_t> poisson_arrivals(double per_second, double seconds, std::uint64_t seed) {
    std::vector<std::int64_t> times;
    if (per_second <= 0 || seconds <= 0) {
        return times;
    }
    times.reserve(static_cast<std::size_t>(per_second * seconds * 1.1) + 16);
    Random random(seed);
    double now_s = 0;
    while (true) {
        now_s -= std::log1p(-random.unit()) / per_second;  // the gaps are exponential
        if (now_s >= seconds) {
            return times;
        }
        times.push_back(static_cast<std::int64_t>(now_s * 1e9));
    }
}

}  // namespace rookery::load
