#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rookery::load {

/// One request to be sent, decided before the run.
struct Operation {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    std::int64_t at_ns = 0;       ///< after the start; what its latency counts from
    std::uint32_t request = 0;    ///< an index into Plan::requests
    std::uint32_t after = kNone;  ///< an earlier operation that must have ended first
    std::uint32_t who = kNone;    ///< an index into People: who asks
    std::uint32_t about = kNone;  ///< whatever its kind needs to judge the answer
    std::uint8_t kind = 0;        ///< an index into the kinds of the run
    bool keep = false;            ///< whether the answer's body is read and judged
};

/// Everything that a run sends, in the order of time. The bytes are ready: nothing is formatted
/// while the clock runs.
struct Plan {
    std::vector<std::string> requests;
    std::vector<Operation> operations;

    std::uint32_t add_request(std::string bytes) {
        requests.push_back(std::move(bytes));
        return static_cast<std::uint32_t>(requests.size() - 1);
    }
};

}  // namespace rookery::load
