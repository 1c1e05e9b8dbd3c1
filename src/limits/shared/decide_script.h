#pragma once

#include "limits/shared/shared_rule.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::limits {

/// The program that decides in the store, in Lua. It takes asks in groups; a group is decided as at
/// one moment and charged whole or not at all, and sees what those before it charged.
///
///     KEYS[i]      the key of ask i; within a group each is another
///     ARGV[1]      the moment in microseconds; empty: the store's clock, and what is as good as
///                  new expires. A given moment is for tests: nothing expires then.
///     ARGV[i + 1]  ask i, as encode() writes it
///
/// and answers with one string, which decode() reads. Integers below 2^53 alone, so that its
/// doubles are exact; check_shared() sees to it.
[[nodiscard]] std::string_view decide_script();

/// One rule's part in a group.
struct StoreAsk {
    std::string key;
    StoreRule rule;
    std::uint64_t cost = 1;
    /// Units to take if they are there; below or at `cost`: just `cost`. Of what is left beyond
    /// `cost`, half at most is taken, so that other nodes find some.
    std::uint64_t want = 0;
    bool shadow = false;  ///< its refusal does not keep the others from being charged
};

struct StoreAnswer {
    Decision decision;
    std::uint64_t taken = 0;  ///< units charged
};

/// Appends the arguments of a group: one of `charges` false is looked at and not charged.
void encode(std::span<const StoreAsk> group, bool charges, std::vector<std::string>& arguments);

/// Nothing if it is not the answer to `asks` asks.
[[nodiscard]] std::optional<std::vector<StoreAnswer>>
decode(std::string_view reply, std::size_t asks);

}  // namespace rookery::limits
