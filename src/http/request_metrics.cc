#include "http/request_metrics.h"

#include <string>

namespace rookery::http {

void RequestMetrics::observe(std::string_view route, Method method, int status, double seconds) {
    const Key key{
        route.empty() ? nullptr : route.data(),
        static_cast<std::uint32_t>(method) * 1000 + static_cast<std::uint32_t>(status)
    };
    auto found = series_.find(key);
    if (found == series_.end()) {
        const std::string label = route.empty() ? "none" : std::string(route);
        const std::string verb(to_string(method));
        Series series{
            &registry_.counter(
                "rookery_http_requests_total",
                "Requests answered, by route, method and status.",
                {{"route", label}, {"method", verb}, {"status", std::to_string(status)}}
            ),
            &registry_.histogram(
                "rookery_http_request_seconds",
                "Time from the end of a request to the end of its answer, by route.",
                {{"route", label}, {"method", verb}}
            )
        };
        found = series_.emplace(key, series).first;
    }
    found->second.requests->add();
    found->second.latency->observe_seconds(seconds);
}

}  // namespace rookery::http
