#pragma once

#include "base/metrics.h"
#include "http/request.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace rookery::http {

/// The series of one network thread: looked up in the registry once for each route, method and
/// status, and in a table of the thread's own ever after, without a lock. Not thread-safe.
class RequestMetrics {
public:
    explicit RequestMetrics(metrics::Registry& registry) : registry_(registry) {}

    /// `route` must be a view of the router's own text, or empty: it is told apart by its address.
    void observe(std::string_view route, Method method, int status, double seconds);

private:
    struct Key {
        const char* route;
        std::uint32_t method_and_status;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return (reinterpret_cast<std::uintptr_t>(key.route) ^ key.method_and_status) *
                   0x9E3779B97F4A7C15ULL;
        }
    };
    struct Series {
        metrics::Counter* requests;
        metrics::Histogram* latency;
    };

    metrics::Registry& registry_;
    std::unordered_map<Key, Series, KeyHash> series_;
};

}  // namespace rookery::http
