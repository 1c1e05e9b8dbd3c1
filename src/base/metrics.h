#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::metrics {

/// Label names and values of one series, in the order in which they are exposed.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Counts up. Thread-safe, a relaxed atomic add.
class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down. Thread-safe.
class Gauge {
public:
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    void set(std::int64_t n) { value_.store(n, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// Durations in buckets from 50 microseconds to 10 seconds. Thread-safe.
class Histogram {
public:
    static constexpr std::array<double, 17> kBoundsSeconds{
        0.00005,
        0.0001,
        0.00025,
        0.0005,
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1.0,
        2.5,
        5.0,
        10.0
    };

    void observe_seconds(double seconds);

    [[nodiscard]] std::uint64_t count_in_bucket(std::size_t index) const {
        return buckets_[index].load(std::memory_order_relaxed);
    }
    [[nodiscard]] double sum_seconds() const {
        return static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) * 1e-9;
    }

private:
    std::array<std::atomic<std::uint64_t>, kBoundsSeconds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> sum_ns_{0};
};

/// All series of a process. References that it gives out stay valid as long as it lives; asking
/// twice for the same name and labels gives the same object. Thread-safe.
class Registry {
public:
    Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
    Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {});
    /// A gauge whose value is asked for at each exposition; `read` must be thread-safe and quick.
    void gauge_function(
        std::string_view name,
        std::string_view help,
        Labels labels,
        std::function<double()> read
    );
    /// The same for what only grows.
    void counter_function(
        std::string_view name,
        std::string_view help,
        Labels labels,
        std::function<double()> read
    );

    /// Prometheus text exposition format 0.0.4.
    [[nodiscard]] std::string expose() const;

private:
    struct Series {
        Labels labels;
        std::unique_ptr<Counter> counter;
        std::unique_ptr<Gauge> gauge;
        std::unique_ptr<Histogram> histogram;
        std::function<double()> read;
    };
    struct Family {
        std::string help;
        std::string type;
        std::vector<std::unique_ptr<Series>> series;
    };

    Series&
    series(std::string_view name, std::string_view help, std::string_view type, Labels labels);

    mutable std::mutex mutex_;
    std::map<std::string, Family, std::less<>> families_;
};

}  // namespace rookery::metrics
