#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/keyed_turns.h"

#include <optional>
#include <string>
#include <vector>

namespace rookery::social {

/// The keys by which clients mark repeats of a request to post (Idempotency-Key): within its time,
/// a repeat by the same account gets the first post. Thread-safe.
class IdempotencyKeys {
public:
    /// `seconds`: for how long a key is remembered.
    IdempotencyKeys(Environment environment, std::uint32_t seconds);

    /// Repeats that come while the first is under way wait for its end.
    [[nodiscard]] Task<KeyedTurns::Turn> wait(AccountId account, std::string key);

    /// What is stored of a key.
    struct Claim {
        PostId first;  ///< 0: not used yet, or long ago
        ports::Key row;
        std::optional<std::string> stored;  ///< its bytes, expired or not
        std::vector<ports::Key> expired;    ///< rows of other keys that may go
    };
    [[nodiscard]] Task<Result<Claim>> look_up(AccountId account, std::string key);

    /// Binds the key to `post`; the commit conflicts if somebody else used it meanwhile.
    void bind(ports::Batch& batch, const Claim& claim, PostId post) const;

private:
    Environment environment_;
    std::int64_t lifetime_ms_;
    KeyedTurns turns_;
};

}  // namespace rookery::social
