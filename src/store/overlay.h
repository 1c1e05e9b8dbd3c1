#pragma once

#include "base/result.h"
#include "ports/store.h"

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace rookery::store {

/// What the batches of a group that is not yet written make of the rows they touch, so that the
/// preconditions of later batches of the group see them. Used by one thread.
class Overlay {
public:
    /// Reads a row as it is in the database, by its encoded key.
    using ReadBelow =
        std::function<Result<std::optional<std::string>>(const std::string& encoded_key)>;

    void record(const ports::Batch& batch);

    /// The row as it will be once everything recorded is written.
    [[nodiscard]] Result<std::optional<std::string>>
    read(const std::string& encoded_key, const ReadBelow& below) const;

private:
    /// The row is `value` (or, if not known, what lies below) plus `delta`.
    struct Change {
        bool known = false;
        std::optional<std::string> value;
        std::optional<ports::Counters> delta;
    };

    std::unordered_map<std::string, Change> changes_;
};

}  // namespace rookery::store
