#pragma once

#include <cstdint>
#include <vector>

namespace rookery::load {

/// Counts of latencies in nanoseconds, in log-linear buckets: the layout of Gil Tene's
/// HdrHistogram (hdrhistogram.org) with three significant digits. Values below 2,048 are exact;
/// above, each power of two has 1,024 buckets, so a bucket is never wider than a thousandth of what
/// it holds. Every value is kept, however rare: nothing is sampled, averaged or left out. Not
/// thread-safe.
class Histogram {
public:
    /// Larger values count as this one; max() still tells the truth.
    static constexpr std::int64_t kLargest = (std::int64_t{1} << 42) - 1;  // 73 minutes

    Histogram();

    /// Negative values count as 0.
    void record(std::int64_t value);
    void add(const Histogram& other);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// The largest value, exact; 0 if there is none.
    [[nodiscard]] std::int64_t max() const { return max_; }
    [[nodiscard]] double mean() const;
    /// The value that a share `quantile` (0 to 1) of all does not exceed: the upper end of its
    /// bucket, and never above max(). 0 if there is none.
    [[nodiscard]] std::int64_t at(double quantile) const;

private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    std::int64_t max_ = 0;
    double sum_ = 0;
};

}  // namespace rookery::load
