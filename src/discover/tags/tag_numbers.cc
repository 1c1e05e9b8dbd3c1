#include "discover/tags/tag_numbers.h"

namespace rookery::discover {

std::optional<std::uint64_t> TagNumbers::number(const std::string& tag) {
    const std::scoped_lock lock(mutex_);
    if (const auto known = numbers_.find(tag); known != numbers_.end()) {
        return known->second;
    }
    if (tags_.size() >= tags_max_) {
        return std::nullopt;
    }
    tags_.push_back(tag);
    numbers_.emplace(tags_.back(), tags_.size());
    return tags_.size();
}

std::optional<std::uint64_t> TagNumbers::find(std::string_view tag) const {
    const std::scoped_lock lock(mutex_);
    const auto known = numbers_.find(tag);
    return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

std::vector<std::string> TagNumbers::tags(std::span<const std::uint64_t> numbers) const {
    std::vector<std::string> tags;
    tags.reserve(numbers.size());
    const std::scoped_lock lock(mutex_);
    for (const std::uint64_t number : numbers) {
        tags.push_back(tags_[number - 1]);
    }
    return tags;
}

std::size_t TagNumbers::size() const {
    const std::scoped_lock lock(mutex_);
    return tags_.size();
}

}  // namespace rookery::discover
