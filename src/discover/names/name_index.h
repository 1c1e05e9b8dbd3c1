#pragma once

#include "discover/names/entry.h"
#include "discover/names/query.h"
#include "discover/names/segment.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover::names {

/// Finds entries by what somebody types while they type it: an index in memory, to be filled anew
/// after each start. It consists of segments that never change: a change adds a small one and marks
/// in the others what counts no more; merge_some() makes one of several. Readers never wait for a
/// writer. Thread-safe; changes of one id must come one after the other.
class NameIndex {
public:
    NameIndex();

    /// Puts entries in place of those of the same id, and takes out others; all at once for who
    /// searches. Each id once.
    void apply(const std::vector<Entry>& entries, std::span<const std::uint64_t> erased = {});

    /// Merges some segments, if there are too many of a size; false if nothing is to do. Takes a
    /// while, about a second for a million entries. One call at a time, beside all others.
    bool merge_some();
    [[nodiscard]] bool is_merge_due() const { return !to_merge(*parts()).empty(); }

    struct Search {
        std::size_t limit = 20;
        std::uint64_t except = 0;  ///< the id of an entry that is not to be found; 0: none
        bool only_neighbours = false;
        /// Entries that are compared with the query, beside the neighbours; then it ends with what
        /// it has found. A comparison takes about 0.2 us.
        std::size_t steps_max = 200'000;
    };
    /// The first `limit` in the order of is_shown_before().
    [[nodiscard]] std::vector<NameHit>
    find(const NameQuery& query, const Neighbours& neighbours, Search search) const;

    /// As indexed; nothing if the id is not here.
    [[nodiscard]] std::optional<std::uint8_t> rank(std::uint64_t id) const;

    struct Size {
        std::size_t entries = 0;
        std::size_t segments = 0;
        std::size_t bytes = 0;
    };
    [[nodiscard]] Size size() const;

private:
    struct Part {
        SegmentPtr segment;
        std::shared_ptr<const std::vector<bool>> dead;  ///< an empty one: none
        std::size_t dead_count = 0;

        [[nodiscard]] std::size_t living() const { return segment->size() - dead_count; }
        [[nodiscard]] bool is_dead(Segment::Place place) const {
            return !dead->empty() && (*dead)[place];
        }
    };
    using Parts = std::vector<Part>;
    using PartsPtr = std::shared_ptr<const Parts>;

    [[nodiscard]] PartsPtr parts() const;
    void publish(Parts parts);
    static void bury(Parts& parts, std::span<const std::uint64_t> ids);
    [[nodiscard]] static Parts to_merge(const Parts& parts);
    /// What was buried in `sources` while they were merged.
    [[nodiscard]] static std::vector<bool>
    buried_since(const Parts& sources, const Parts& now, const Segment::Merged& merged);

    std::mutex writing_;  ///< held by who makes new parts of the present ones
    mutable std::mutex mutex_;
    PartsPtr parts_;  ///< under mutex_; what it points to never changes
};

}  // namespace rookery::discover::names
