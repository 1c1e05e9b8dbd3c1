#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace rookery::api::limiter {

enum class Outcome : std::uint8_t {
    kAllowed,  ///< and charged
    kRefused,
    kShadowed,  ///< would have been refused, if the limit did more than watch
    kSpared,    ///< allowed by this limit and not charged, because another one refused
};

/// How often one limit said what. Thread-safe.
class Outcomes {
public:
    /// Values that are counted apart; further ones are counted together.
    static constexpr std::size_t kValuesMax = 1000;

    Outcomes(std::string_view domain, std::string rule);

    [[nodiscard]] const std::string& rule() const { return rule_; }

    /// `value`: what is counted apart; null: nothing.
    void count(Outcome outcome, const std::string_view* value);

    /// Appends the series rookery_limiter_decisions_total of this limit, in Prometheus' text form.
    void expose(std::string& out) const;

private:
    using Counts = std::array<std::atomic<std::uint64_t>, 4>;
    void expose(const Counts& counts, const std::string& more_labels, std::string& out) const;

    const std::string rule_;
    const std::string labels_;
    Counts all_{};
    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Counts>, std::less<>> values_;  ///< under mutex_
};

}  // namespace rookery::api::limiter
