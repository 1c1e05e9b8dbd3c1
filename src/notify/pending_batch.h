#pragma once

#include "base/task.h"
#include "ports/store.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::notify {

/// A batch under way that can be read: the store as it will be once the batch is committed. The
/// events of one group build on each other (a favourite, then its end), and only their sum is
/// written. Not thread-safe; `store` must outlive it.
class PendingBatch {
public:
    explicit PendingBatch(ports::Store& store) : store_(store) {}

    void put(ports::Key key, std::string value);
    void erase(ports::Key key);
    void expect_absent(ports::Key key) { batch_.expect_absent(std::move(key)); }
    void emit(ports::Event event) { batch_.emit(std::move(event)); }

    [[nodiscard]] Task<Result<std::optional<std::string>>> get(ports::Key key);
    /// The rows of a whole partition in order, at most about `limit`.
    [[nodiscard]] Task<Result<std::vector<ports::Row>>>
    scan(ports::Table table, std::string partition, std::size_t limit);

    [[nodiscard]] ports::Batch take() { return std::move(batch_); }

private:
    using Partition = std::pair<ports::Table, std::string>;
    /// By sort key; nothing: erased.
    using Changes = std::map<std::string, std::optional<std::string>>;

    ports::Store& store_;
    ports::Batch batch_;
    std::map<Partition, Changes> changes_;
};

}  // namespace rookery::notify
