#pragma once

#include "discover/names/entry.h"
#include "social/account.h"

#include <cstddef>
#include <cstdint>

namespace rookery::discover {

/// What an account is found by: its username, the words of its display name, and of its bio and
/// profile fields the first `bio_words_max` words.
[[nodiscard]] names::Entry
person_entry(const social::Account& account, std::int64_t followers, std::size_t bio_words_max);

}  // namespace rookery::discover
