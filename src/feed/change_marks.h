#pragma once

#include "base/ids.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace rookery::feed {

/// Tells whether something has changed since it was read, in one look at a number. Things share
/// numbers (by a hash of their ids), so a mark may be void although its thing is unchanged, never
/// the other way round. Thread-safe.
///
/// The mark is taken before the read. A change is noted when every later read sees it, and before
/// it is acknowledged: then what still holds is never older than the last acknowledged change.
class ChangeMarks {
public:
    struct Mark {
        std::uint32_t place = 0;
        std::uint32_t number = 0;
    };

    [[nodiscard]] Mark of(PostId post) const { return at(place_of(post.value)); }
    [[nodiscard]] Mark of(AccountId account) const { return at(place_of(~account.value)); }
    [[nodiscard]] bool holds(Mark mark) const {
        return numbers_[mark.place].load(std::memory_order_acquire) == mark.number;
    }

    /// Asks the processor for what holds() reads.
    void fetch_ahead(Mark mark) const { __builtin_prefetch(&numbers_[mark.place]); }

    void note(PostId post) { bump(place_of(post.value)); }
    void note(AccountId account) { bump(place_of(~account.value)); }
    void note_all() {
        for (std::size_t place = 0; place < kPlaces; ++place) {
            bump(place);
        }
    }

private:
    /// Half a megabyte, which stays near the processor: at 10,000 changes a second a mark is void
    /// for another's sake after 13 seconds on average.
    static constexpr unsigned kPlaceBits = 17;
    static constexpr std::size_t kPlaces = std::size_t{1} << kPlaceBits;

    [[nodiscard]] static std::size_t place_of(std::uint64_t id) {
        return (id * 0x9E3779B97F4A7C15ULL) >> (64U - kPlaceBits);
    }
    [[nodiscard]] Mark at(std::size_t place) const {
        return {static_cast<std::uint32_t>(place), numbers_[place].load(std::memory_order_acquire)};
    }
    void bump(std::size_t place) { numbers_[place].fetch_add(1, std::memory_order_release); }

    std::unique_ptr<std::atomic<std::uint32_t>[]> numbers_ =
        std::make_unique<std::atomic<std::uint32_t>[]>(kPlaces);
};

}  // namespace rookery::feed
