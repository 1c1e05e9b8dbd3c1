#pragma once

#include "base/result.h"
#include "load/source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::load {

/// A mixture of request sources, each with its weight.
class Workload {
public:
    /// By name, as names() lists them; kInvalid for another. `requests` is the file of "raw".
    [[nodiscard]] static Result<Workload>
    make(std::string_view name, Scene scene, const std::string& requests);
    /// All names, comma-separated.
    [[nodiscard]] static std::string names();

    [[nodiscard]] Result<void> prepare(Fetcher& fetcher);
    [[nodiscard]] Result<void> restore(Fetcher& fetcher);
    /// The operations that arrive at the given times, in the order of time. One in `sample_every`
    /// is kept to be judged, drawn by the seed.
    [[nodiscard]] Plan
    plan(const std::vector<std::int64_t>& arrivals, std::uint64_t sample_every, std::uint64_t seed);

    [[nodiscard]] std::vector<std::string> kinds() const;
    [[nodiscard]] const RequestSource& source_of(std::uint8_t kind) const;

private:
    struct Part {
        std::unique_ptr<RequestSource> source;
        double weight = 1;
    };

    std::vector<Part> parts_;
};

}  // namespace rookery::load
