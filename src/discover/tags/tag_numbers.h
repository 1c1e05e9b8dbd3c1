#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

/// Gives hashtags numbers, by which an index knows them: 1, 2, 3 … as they come. Thread-safe.
class TagNumbers {
public:
    /// Knows so many at most.
    explicit TagNumbers(std::size_t tags_max) : tags_max_(tags_max) {}

    /// The tag's number, a new one if it had none; nothing if there are too many.
    [[nodiscard]] std::optional<std::uint64_t> number(const std::string& tag);
    [[nodiscard]] std::optional<std::uint64_t> find(std::string_view tag) const;
    /// In their order; numbers are those that were given.
    [[nodiscard]] std::vector<std::string> tags(std::span<const std::uint64_t> numbers) const;
    [[nodiscard]] std::size_t size() const;

private:
    const std::size_t tags_max_;
    mutable std::mutex mutex_;
    std::deque<std::string> tags_;  ///< stays where it is when more come
    boost::unordered_flat_map<std::string_view, std::uint64_t> numbers_;
};

}  // namespace rookery::discover
