#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace rookery::discover::trends {

/// That an account used something on one day.
struct Use {
    AccountId account;
    std::uint64_t source = 0;  ///< the newest post, boost or favourite that says so
    UnixMs first_at_ms = 0;    ///< of the first that did

    bool operator==(const Use&) const = default;
};

/// The distinct accounts that used one thing on one day, in bounded memory: all of them while they
/// are few, and an even sample of them when they are many. Which accounts are in it does not depend
/// on the order in which they came, nor on how often.
///
/// A bottom-k sketch: those with the smallest hashes are kept, and as hashes are even, the part of
/// all hashes that lies below the smallest one left out is the part of all accounts that is kept
/// (Bar-Yossef, Jayram, Kumar, Sivakumar, Trevisan, "Counting Distinct Elements in a Data Stream",
/// RANDOM 2002; unbiased as in Beyer, Haas, Reinwald, Sismanis, Gemulla, "On Synopses for
/// Distinct-Value Estimation Under Multiset Operations", SIGMOD 2007). The standard error of a
/// count is about 1/sqrt(k). HyperLogLog would count with less memory, but it cannot say who was
/// counted: here a sample is left that can be looked at, weighed, and found gone (Cohen, Kaplan,
/// "Summarizing Data using Bottom-k Sketches", PODC 2007).
class AccountSample {
public:
    /// `salt` makes the samples of different things independent.
    explicit AccountSample(std::uint64_t salt) : salt_(salt) {}

    /// At most `uses_max` (at least 1) are kept. True if the account is kept and was not before.
    bool add(const Use& use, std::size_t uses_max);
    /// Leaves what add() would have kept with this maximum.
    void shrink(std::size_t uses_max);

    /// In no order that means anything.
    [[nodiscard]] std::span<const Use> uses() const { return uses_; }
    /// How many accounts each of uses() stands for; 1 while all are there.
    [[nodiscard]] double scale() const;
    /// An estimate, exact while all are there.
    [[nodiscard]] double accounts() const { return static_cast<double>(uses_.size()) * scale(); }
    /// Whether all are there.
    [[nodiscard]] bool is_exact() const { return bound_ == kEverything; }

    bool operator==(const AccountSample&) const = default;

private:
    static constexpr std::uint64_t kEverything = std::numeric_limits<std::uint64_t>::max();

    [[nodiscard]] std::uint64_t hash(AccountId account) const;

    std::uint64_t salt_;
    std::uint64_t bound_ = kEverything;  ///< accounts with this hash and above are left out
    std::vector<Use> uses_;              ///< by hash, all below bound_
};

}  // namespace rookery::discover::trends
