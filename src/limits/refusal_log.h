#pragma once

#include "limits/quota.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::limits {

/// A key that a rule refused.
struct Refused {
    std::string rule;
    std::string key;
    bool shadow = false;  ///< it would have been refused
    Nanos first_at = 0;
    Nanos last_at = 0;
    Nanos until = 0;  ///< when the last request would have been allowed
    std::uint64_t times = 0;
};

/// Who was refused of late, for those who run the server: of each rule and key one entry, the
/// `entries_max` refused last. In memory only, for keys are names and addresses. Thread-safe.
class RefusalLog {
public:
    explicit RefusalLog(std::size_t entries_max = 1'000) : entries_max_(entries_max) {}

    void note(
        std::string_view rule,
        std::string_view key,
        bool shadow,
        const Decision& decision,
        Nanos now
    );
    /// Refused last first.
    [[nodiscard]] std::vector<Refused> list() const;

private:
    const std::size_t entries_max_;
    mutable std::mutex mutex_;
    std::list<Refused> entries_;  ///< refused last first; under mutex_
    std::unordered_map<std::string, std::list<Refused>::iterator> by_name_;  ///< under mutex_
};

}  // namespace rookery::limits
