#include "discover/ranked_accounts.h"

#include <algorithm>
#include <functional>

namespace rookery::discover {

namespace {

constexpr std::size_t kBlockMax = 512;

auto place_in(const std::vector<RankedAccounts::Entry>& block, const RankedAccounts::Entry& entry) {
    return std::ranges::lower_bound(block, entry, std::ranges::greater{});
}

}  // namespace

std::size_t RankedAccounts::block_of(const Entry& entry) const {
    const auto block = std::ranges::lower_bound(
        blocks_, entry, std::ranges::greater{}, [](auto& b) { return b.back(); }
    );
    return static_cast<std::size_t>(block - blocks_.begin());
}

void RankedAccounts::insert(Entry entry) {
    ++size_;
    if (blocks_.empty()) {
        blocks_.push_back({entry});
        return;
    }
    const std::size_t index = std::min(block_of(entry), blocks_.size() - 1);
    Block& block = blocks_[index];
    block.insert(place_in(block, entry), entry);
    if (block.size() > kBlockMax) {
        const auto middle = block.begin() + static_cast<std::ptrdiff_t>(block.size() / 2);
        Block later(middle, block.end());
        block.erase(middle, block.end());
        blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(later));
    }
}

void RankedAccounts::erase(Entry entry) {
    const std::size_t index = block_of(entry);
    if (index == blocks_.size()) {
        return;
    }
    Block& block = blocks_[index];
    const auto place = place_in(block, entry);
    if (place == block.end() || *place != entry) {
        return;
    }
    block.erase(place);
    --size_;
    if (block.empty()) {
        blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index));
    }
}

std::vector<std::size_t> RankedAccounts::places_of(std::span<const Entry> entries) const {
    std::vector<std::size_t> before(blocks_.size());
    for (std::size_t i = 1; i < blocks_.size(); ++i) {
        before[i] = before[i - 1] + blocks_[i - 1].size();
    }
    std::vector<std::size_t> places;
    for (const Entry& entry : entries) {
        const std::size_t index = block_of(entry);
        if (index == blocks_.size()) {
            continue;
        }
        const auto place = place_in(blocks_[index], entry);
        if (place != blocks_[index].end() && *place == entry) {
            places.push_back(
                before[index] + static_cast<std::size_t>(place - blocks_[index].begin())
            );
        }
    }
    std::ranges::sort(places);
    return places;
}

std::vector<AccountId> RankedAccounts::slice(std::size_t first, std::size_t count) const {
    std::vector<AccountId> accounts;
    for (const Block& block : blocks_) {
        if (first >= block.size()) {
            first -= block.size();
            continue;
        }
        for (; first < block.size(); ++first) {
            if (accounts.size() == count) {
                return accounts;
            }
            accounts.push_back(block[first].account);
        }
        first = 0;
    }
    return accounts;
}

}  // namespace rookery::discover
