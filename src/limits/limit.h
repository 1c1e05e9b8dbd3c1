#pragma once

#include "base/codec.h"
#include "limits/limit_key.h"
#include "limits/quota.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace rookery::limits {

/// A rule and what its keys have used: an algorithm and a table (limits/limit_table.h).
/// Thread-safe.
class Limit {
public:
    Limit() = default;
    virtual ~Limit() = default;
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;

    /// Decides a request and, if it is allowed, charges it.
    [[nodiscard]] virtual Decision take(LimitKey key, Nanos now, std::uint64_t cost) = 0;
    /// What take() would say, charging nothing.
    [[nodiscard]] virtual Decision peek(LimitKey key, Nanos now, std::uint64_t cost) const = 0;

    enum class Which : std::uint8_t { kAll, kChanged };
    /// Appends the states that are not as good as new: all, or of the keys charged since the last
    /// call. What was charged is remembered from the first call on.
    virtual void save(Which which, Nanos now, ByteWriter& out) = 0;
    /// Takes back what save() wrote, but for what is as good as new by now. False if it is not what
    /// save() writes; what came before the mistake is taken.
    [[nodiscard]] virtual bool restore(ByteReader& in, Nanos now) = 0;

    /// Calls `visit` for every key that is not as good as new with the units that it has used, as
    /// far as they still count. May hold a lock meanwhile: `visit` must not ask this limit.
    virtual void
    each_used(Nanos now, const std::function<void(LimitKey, std::uint64_t used)>& visit) const = 0;

private:
    friend class Locked;
    /// Keys of one part have one lock.
    [[nodiscard]] virtual std::size_t part_of(LimitKey key) const = 0;
    virtual void lock(std::size_t part) const = 0;
    virtual void unlock(std::size_t part) const = 0;
    [[nodiscard]] virtual Decision look_locked(LimitKey key, Nanos now, std::uint64_t cost)
        const = 0;
    /// Does nothing for a key for which there is no place.
    virtual void charge_locked(LimitKey key, Nanos now, std::uint64_t cost) = 0;
};

/// A request as one of several limits sees it, and what that limit says.
struct Charge {
    Limit* limit = nullptr;
    LimitKey key;
    std::uint64_t cost = 1;
    /// False: on trial. It counts what it allows, and what it refuses goes on all the same.
    bool binding = true;
    Decision decision;
};

/// Decides by all limits as at one moment: charges all of them if all that bind allow, or none.
/// Returns whether they did; each `decision` says what its limit would have said alone, with what
/// earlier charges of the same key cost.
[[nodiscard]] bool take_all(std::span<Charge> charges, Nanos now);
/// What take_all() would say, charging nothing.
[[nodiscard]] bool peek_all(std::span<Charge> charges, Nanos now);

}  // namespace rookery::limits
