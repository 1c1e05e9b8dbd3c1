#pragma once

#include "base/ids.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover {

/// Accounts in the order of a number, the highest first (and of equal ones the latest account),
/// which tells in microseconds who stands at any place of it, however long it is: sorted blocks of
/// a few hundred. Each account at most once; whose number changes is erased and inserted. Not
/// thread-safe.
class RankedAccounts {
public:
    struct Entry {
        std::int64_t rank = 0;
        AccountId account;

        auto operator<=>(const Entry&) const = default;
    };

    void insert(Entry entry);
    /// Nothing if it is not there.
    void erase(Entry entry);
    [[nodiscard]] std::size_t size() const { return size_; }

    /// How many stand before each of `entries` that are there, in rising order.
    [[nodiscard]] std::vector<std::size_t> places_of(std::span<const Entry> entries) const;
    /// At most `count` from the place `first` on.
    [[nodiscard]] std::vector<AccountId> slice(std::size_t first, std::size_t count) const;

private:
    using Block = std::vector<Entry>;  ///< highest first, never empty

    /// Where the entry is or would be: a block, size() of blocks if behind all.
    [[nodiscard]] std::size_t block_of(const Entry& entry) const;

    std::vector<Block> blocks_;
    std::size_t size_ = 0;
};

}  // namespace rookery::discover
