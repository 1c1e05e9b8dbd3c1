#pragma once

#include "api/limiter/limit_request.h"
#include "base/result.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace rookery::api::limiter {

/// The body of POST /v1/take: a request or an array of them, each {"domain", "descriptors",
/// "hits"}. A descriptor is {"entries": [{"key", "value"}], "limit": {"requests_per_unit", "unit"},
/// "hits"}, or short: [["key", "value"], …].
class JsonRequest {
public:
    static constexpr std::size_t kRequestsMax = 10'000;

    /// kInvalid names what is wrong and where: "[3].descriptors[0].entries[1].key is missing".
    [[nodiscard]] static Result<std::unique_ptr<JsonRequest>> parse(std::string_view text);

    JsonRequest(const JsonRequest&) = delete;
    JsonRequest& operator=(const JsonRequest&) = delete;

    [[nodiscard]] bool is_batch() const { return tree_.is_array(); }
    /// Exactly one if it is no batch.
    [[nodiscard]] const std::vector<LimitRequest>& requests() const { return requests_; }

private:
    JsonRequest();

    std::array<unsigned char, 16 * 1024> first_bytes_;
    boost::json::monotonic_resource memory_;
    boost::json::value tree_;
    std::vector<LimitRequest> requests_;
};

}  // namespace rookery::api::limiter
