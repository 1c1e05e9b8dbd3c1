#include "discover/graph/account_places.h"

#include <algorithm>
#include <cstddef>

namespace rookery::discover {

namespace {

/// ids[0] <= account <= ids.back().
std::size_t guess(std::span<const AccountId> ids, AccountId account) {
    const std::uint64_t span = ids.back().value - ids.front().value;
    const std::uint64_t above = account.value - ids.front().value;
    return span == 0 ? 0
                     : static_cast<std::size_t>(
                           static_cast<__uint128_t>(above) * (ids.size() - 1) / span
                       );
}

}  // namespace

std::optional<Node> place_of(std::span<const AccountId> ids, AccountId account) {
    if (ids.empty() || account < ids.front() || ids.back() < account) {
        return std::nullopt;
    }
    // The account stands in [low, high), if anywhere.
    std::size_t low = guess(ids, account);
    std::size_t high = low;
    std::size_t step = 1;
    if (account < ids[low]) {
        while (account < ids[low]) {  // ends at the first, which is not above it
            high = low;
            low -= std::min(low, step);
            step *= 2;
        }
    } else {
        while (high < ids.size() && ids[high] <= account) {
            low = high;
            high += std::min(ids.size() - high, step);
            step *= 2;
        }
    }
    const auto at = std::lower_bound(
        ids.begin() + static_cast<std::ptrdiff_t>(low),
        ids.begin() + static_cast<std::ptrdiff_t>(high),
        account
    );
    return at != ids.end() && *at == account ? std::optional(static_cast<Node>(at - ids.begin()))
                                             : std::nullopt;
}

}  // namespace rookery::discover
