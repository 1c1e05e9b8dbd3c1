#include "discover/names/segment.h"

#include <algorithm>

namespace rookery::discover::names {

std::size_t Segment::first_slot(std::uint64_t id, std::size_t slots) {
    const std::uint64_t mixed = (id * 0x9E3779B97F4A7C15ULL) >> 32U;
    return (mixed * slots) >> 32U;
}

std::optional<Segment::Place> Segment::find(std::uint64_t id) const {
    std::size_t slot = first_slot(id, by_id_.size());
    while (by_id_[slot] != kNowhere) {
        if (ids_[by_id_[slot]] == id) {
            return by_id_[slot];
        }
        slot = slot + 1 == by_id_.size() ? 0 : slot + 1;
    }
    return std::nullopt;
}

std::vector<std::optional<Segment::Place>> Segment::find_many(std::span<const std::uint64_t> ids
) const {
    constexpr std::size_t kBatch = 32;
    std::vector<std::optional<Place>> found;
    found.reserve(ids.size());
    for (std::size_t first = 0; first < ids.size(); first += kBatch) {
        const auto batch = ids.subspan(first, std::min(kBatch, ids.size() - first));
        for (const std::uint64_t id : batch) {
            __builtin_prefetch(&by_id_[first_slot(id, by_id_.size())]);
        }
        for (const std::uint64_t id : batch) {
            const Place guess = by_id_[first_slot(id, by_id_.size())];
            if (guess != kNowhere) {
                __builtin_prefetch(&ids_[guess]);
                __builtin_prefetch(&ends_[guess]);
            }
        }
        for (const std::uint64_t id : batch) {
            found.push_back(find(id));
            if (found.back()) {
                __builtin_prefetch(&terms_[begin(*found.back())]);
            }
        }
    }
    return found;
}

std::size_t Segment::bytes() const {
    return dictionary_.bytes() + by_name_.bytes() + by_bio_.bytes() +
           ids_.capacity() * sizeof(std::uint64_t) + ranks_.capacity() + hidden_.capacity() / 8 +
           name_counts_.capacity() + ends_.capacity() * sizeof(std::uint32_t) +
           terms_.capacity() * sizeof(Term) + by_id_.capacity() * sizeof(Place);
}

}  // namespace rookery::discover::names
