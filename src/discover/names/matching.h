#pragma once

#include "discover/names/entry.h"
#include "discover/names/query.h"

namespace rookery::discover::names {

/// Whether NameIndex would find `entry` by `query`, without an index: for who knows it as it is
/// now. `sees_hidden` as of Neighbour.
[[nodiscard]] bool matches(const NameQuery& query, const Entry& entry, bool sees_hidden);

}  // namespace rookery::discover::names
