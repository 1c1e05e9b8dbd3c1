#include "discover/names/name_index.h"

#include "discover/names/segment_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <iterator>
#include <utility>

namespace rookery::discover::names {

namespace {

/// So many segments of a size become one.
constexpr std::size_t kMergeWidth = 4;
constexpr std::size_t kSmallest = 64;

/// In steps of kMergeWidth.
std::size_t size_class(std::size_t entries) {
    return static_cast<std::size_t>(std::bit_width(entries / kSmallest)) / 2;
}

std::size_t errors_max(const NameQuery& query) {
    std::size_t most = 0;
    for (const QueryWord& word : query.words) {
        most = std::max(most, word.errors_max);
    }
    return most;
}

}  // namespace

NameIndex::NameIndex() : parts_(std::make_shared<const Parts>()) {}

NameIndex::PartsPtr NameIndex::parts() const {
    const std::scoped_lock lock(mutex_);
    return parts_;
}

void NameIndex::publish(Parts parts) {
    auto made = std::make_shared<const Parts>(std::move(parts));
    const std::scoped_lock lock(mutex_);
    parts_.swap(made);  // the former ones go when the lock is given back
}

void NameIndex::bury(Parts& parts, std::span<const std::uint64_t> ids) {
    for (Part& part : parts) {
        std::shared_ptr<std::vector<bool>> dead;
        for (const std::uint64_t id : ids) {
            const auto place = part.segment->find(id);
            if (!place || part.is_dead(*place)) {
                continue;
            }
            if (!dead) {
                dead = std::make_shared<std::vector<bool>>(*part.dead);
                dead->resize(part.segment->size());
            }
            if (!(*dead)[*place]) {
                (*dead)[*place] = true;
                ++part.dead_count;
            }
        }
        if (dead) {
            part.dead = std::move(dead);
        }
    }
}

void NameIndex::apply(const std::vector<Entry>& entries, std::span<const std::uint64_t> erased) {
    std::vector<std::uint64_t> ids(erased.begin(), erased.end());
    for (const Entry& entry : entries) {
        ids.push_back(entry.id);
    }
    const SegmentPtr segment = entries.empty() ? nullptr : Segment::of(entries);
    const std::scoped_lock lock(writing_);
    Parts changed = *parts();
    bury(changed, ids);
    std::erase_if(changed, [](const Part& part) { return part.living() == 0; });
    if (segment) {
        changed.push_back({segment, std::make_shared<const std::vector<bool>>(), 0});
    }
    publish(std::move(changed));
}

NameIndex::Parts NameIndex::to_merge(const Parts& parts) {
    std::array<Parts, 64> by_size;
    for (const Part& part : parts) {
        if (part.dead_count > part.living()) {
            return {part};  // more dead than alive: written anew without them
        }
        by_size[size_class(part.living())].push_back(part);
    }
    for (Parts& alike : by_size) {
        if (alike.size() >= kMergeWidth) {
            return std::move(alike);
        }
    }
    return {};
}

std::vector<bool>
NameIndex::buried_since(const Parts& sources, const Parts& now, const Segment::Merged& merged) {
    std::vector<bool> buried(merged.segment->size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Part& before = sources[i];
        const auto same = std::ranges::find(now, before.segment, &Part::segment);
        for (Segment::Place place = 0; place < before.segment->size(); ++place) {
            const bool is_gone = same == now.end() || same->is_dead(place);
            if (is_gone && !before.is_dead(place)) {
                buried[merged.places[i][place]] = true;
            }
        }
    }
    return buried;
}

bool NameIndex::merge_some() {
    const Parts sources = to_merge(*parts());
    if (sources.empty()) {
        return false;
    }
    std::vector<Segment::Source> living;
    living.reserve(sources.size());
    for (const Part& part : sources) {
        living.push_back({part.segment, *part.dead});
    }
    const Segment::Merged merged = Segment::merge(living);
    const std::scoped_lock lock(writing_);
    Parts changed = *parts();
    auto buried = std::make_shared<std::vector<bool>>(buried_since(sources, changed, merged));
    std::erase_if(changed, [&sources](const Part& part) {
        return std::ranges::find(sources, part.segment, &Part::segment) != sources.end();
    });
    const auto count = static_cast<std::size_t>(std::ranges::count(*buried, true));
    if (count == 0) {
        buried->clear();
    }
    changed.push_back({merged.segment, std::move(buried), count});
    publish(std::move(changed));
    return true;
}

std::vector<NameHit>
NameIndex::find(const NameQuery& query, const Neighbours& neighbours, Search search) const {
    std::vector<NameHit> found;
    if (query.words.empty()) {
        return found;
    }
    std::vector<std::uint64_t> ids;
    ids.reserve(neighbours.size());
    for (const auto& [id, neighbour] : neighbours) {
        if (id != search.except) {
            ids.push_back(id);
        }
    }
    const SearchScope scope{neighbours, ids, search.except, search.steps_max};
    const PartsPtr present = parts();
    std::deque<SegmentSearch> segments;
    for (const Part& part : *present) {
        segments.emplace_back(*part.segment, *part.dead, query, scope);
    }
    std::vector<NameHit> near;
    for (std::size_t level = 0; level <= errors_max(query); ++level) {
        near.clear();
        for (SegmentSearch& segment : segments) {
            segment.begin_level(level);
            segment.append_neighbours(level, near);
        }
        for (const bool by_bio : {false, true}) {
            const auto tier = static_cast<Tier>(level * 2 + (by_bio ? 1 : 0));
            std::vector<NameHit> hits;
            std::ranges::copy_if(near, std::back_inserter(hits), [tier](const NameHit& hit) {
                return hit.tier == tier;
            });
            for (const SegmentSearch& segment : segments) {
                if (!search.only_neighbours) {
                    segment.append_others(level, by_bio, search.limit - found.size(), hits);
                }
            }
            std::ranges::sort(hits, is_shown_before);
            hits.resize(std::min(hits.size(), search.limit - found.size()));
            std::ranges::move(hits, std::back_inserter(found));
            if (found.size() >= search.limit) {
                return found;
            }
        }
    }
    return found;
}

std::optional<std::uint8_t> NameIndex::rank(std::uint64_t id) const {
    const PartsPtr present = parts();
    for (const Part& part : *present) {
        const auto place = part.segment->find(id);
        if (place && !part.is_dead(*place)) {
            return part.segment->rank(*place);
        }
    }
    return std::nullopt;
}

NameIndex::Size NameIndex::size() const {
    const PartsPtr present = parts();
    Size size;
    for (const Part& part : *present) {
        size.entries += part.living();
        size.bytes += part.segment->bytes() + part.dead->size() / 8;
        ++size.segments;
    }
    return size;
}

}  // namespace rookery::discover::names
