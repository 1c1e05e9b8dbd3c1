#pragma once

#include "discover/names/name_index.h"

#include <future>

namespace rookery::discover::names {

/// Merges an index on a thread of its own, which is there only while there is something to merge:
/// who has other work as well is not held up by it. For one thread at a time.
class BackgroundMerge {
public:
    /// `index` must outlive it; the destructor waits for the merge that is under way.
    explicit BackgroundMerge(NameIndex& index) : index_(index) {}

    /// Begins a merge if one is due and none runs.
    void begin_if_due();

private:
    NameIndex& index_;
    std::future<bool> running_;
};

}  // namespace rookery::discover::names
