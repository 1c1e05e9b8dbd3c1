#include "limits/refusal_log.h"

#include "limits/drain.h"

#include <algorithm>

namespace rookery::limits {

namespace {

// Keys come from outside; what is shown of one is enough to know it again.
constexpr std::size_t kKeyBytesMax = 256;

std::string name_of(std::string_view rule, std::string_view key) {
    std::string name(rule);
    name += '\n';
    name += key;
    return name;
}

}  // namespace

void RefusalLog::note(
    std::string_view rule,
    std::string_view key,
    bool shadow,
    const Decision& decision,
    Nanos now
) {
    key = key.substr(0, kKeyBytesMax);
    std::string name = name_of(rule, key);
    const std::lock_guard lock(mutex_);
    const auto known = by_name_.find(name);
    if (known != by_name_.end()) {
        entries_.splice(entries_.begin(), entries_, known->second);
    } else {
        if (entries_.size() >= std::max<std::size_t>(entries_max_, 1)) {
            by_name_.erase(name_of(entries_.back().rule, entries_.back().key));
            entries_.pop_back();
        }
        entries_.push_front({.rule = std::string(rule), .key = std::string(key), .first_at = now});
        by_name_.emplace(std::move(name), entries_.begin());
    }
    Refused& entry = entries_.front();
    entry.shadow = shadow;
    entry.last_at = now;
    entry.until = later(now, static_cast<std::uint64_t>(decision.retry_after));
    ++entry.times;
}

std::vector<Refused> RefusalLog::list() const {
    const std::lock_guard lock(mutex_);
    return {entries_.begin(), entries_.end()};
}

}  // namespace rookery::limits
