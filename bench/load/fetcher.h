#pragma once

#include "base/result.h"
#include "load/target.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::load {

struct Fetched {
    int status = 0;  ///< 0 if there was no answer
    std::string body;
    std::string next;          ///< the path of the next page (Link header), or empty
    std::int64_t done_ns = 0;  ///< when it was complete, by clock_ns()
};

/// Sends requests outside of the measured time, many at once, and hands back every answer.
class Fetcher {
public:
    explicit Fetcher(const Target& target) : target_(target) {}

    /// In the order of the requests. kUnavailable if there is no connection.
    [[nodiscard]] Result<std::vector<Fetched>> fetch(std::vector<std::string> requests);
    /// As above; kInvalid unless each answer is a success.
    [[nodiscard]] Result<std::vector<std::string>> bodies(std::vector<std::string> requests);

    [[nodiscard]] const Target& target() const { return target_; }

private:
    Target target_;
};

}  // namespace rookery::load
