#pragma once

#include "base/sharded_cache.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/filter_match.h"
#include "social/filters.h"

#include <cstddef>
#include <memory>
#include <string>

namespace rookery::api::mastodon {

/// Everybody's filters as FilterResult entities of posts. Thread-safe.
class StatusFilters {
public:
    using MatcherPtr = std::shared_ptr<const social::FilterMatcher>;

    /// All outlive it.
    StatusFilters(const social::Filters& filters, const Clock& clock, std::size_t cached_people_max)
        : filters_(filters), clock_(clock), matchers_(cached_people_max) {}

    /// Never older than the last acknowledged change.
    [[nodiscard]] Task<Result<MatcherPtr>> of(AccountId viewer);
    /// The same of a viewer whose filters are in memory; null otherwise.
    [[nodiscard]] MatcherPtr find_at_once(AccountId viewer);
    /// Asks the processor for what of() will read.
    void fetch_ahead(AccountId viewer, FetchStep step) { matchers_.fetch_ahead(viewer, step); }

    /// The members of the array `filtered`, separated by commas; empty if no filter matches. Own
    /// posts are not filtered.
    [[nodiscard]] std::string
    results(const social::FilterMatcher& matcher, const social::Post& post, AccountId viewer) const;

    void on_committed(const social::SocialEvent& event);

private:
    const social::Filters& filters_;
    const Clock& clock_;
    ShardedCache<AccountId, MatcherPtr> matchers_;
};

}  // namespace rookery::api::mastodon
