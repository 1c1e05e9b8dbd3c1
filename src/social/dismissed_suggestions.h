#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"

#include <cstddef>
#include <vector>

namespace rookery::social {

/// Whom people do not want suggested to them again. Thread-safe.
class DismissedSuggestions {
public:
    /// So many of one account are looked at.
    static constexpr std::size_t kReadMax = 10'000;

    explicit DismissedSuggestions(Environment environment) : environment_(environment) {}

    /// Idempotent, and no matter whether `dismissed` was ever suggested.
    [[nodiscard]] Task<Result<void>> add(AccountId account, AccountId dismissed) const;
    /// Sorted.
    [[nodiscard]] Task<Result<std::vector<AccountId>>> of(AccountId account) const;

private:
    Environment environment_;
};

}  // namespace rookery::social
