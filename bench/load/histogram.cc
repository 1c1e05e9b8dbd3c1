#include "load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace rookery::load {

namespace {

constexpr int kLinearBits = 11;  // 2^11 exact values, and 2^10 buckets for each power of two above
constexpr std::uint64_t kHalf = std::uint64_t{1} << (kLinearBits - 1);

std::size_t index_of(std::uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - kLinearBits);
    return (static_cast<std::size_t>(shift) * kHalf) + (value >> shift);
}

std::int64_t upper_end(std::size_t index) {
    if (index < 2 * kHalf) {
        return static_cast<std::int64_t>(index);
    }
    const std::size_t shift = (index / kHalf) - 1;
    const std::uint64_t bucket = index - (shift * kHalf);
    return static_cast<std::int64_t>(((bucket + 1) << shift) - 1);
}

}  // namespace

Histogram::Histogram() : counts_(index_of(kLargest) + 1) {}

void Histogram::record(std::int64_t value) {
    value = std::max<std::int64_t>(value, 0);
    ++counts_[index_of(static_cast<std::uint64_t>(std::min(value, kLargest)))];
    ++count_;
    sum_ += static_cast<double>(value);
    max_ = std::max(max_, value);
}

void Histogram::add(const Histogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        counts_[i] += other.counts_[i];
    }
    count_ += other.count_;
    sum_ += other.sum_;
    max_ = std::max(max_, other.max_);
}

double Histogram::mean() const {
    return count_ == 0 ? 0 : sum_ / static_cast<double>(count_);
}

std::int64_t Histogram::at(double quantile) const {
    const auto wanted = std::clamp<std::uint64_t>(
        static_cast<std::uint64_t>(std::ceil(quantile * static_cast<double>(count_))),
        1,
        std::max<std::uint64_t>(count_, 1)
    );
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        seen += counts_[i];
        if (seen >= wanted) {
            return std::min(upper_end(i), max_);
        }
    }
    return max_;
}

}  // namespace rookery::load
