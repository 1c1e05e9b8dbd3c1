#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "social/post.h"
#include "store/check.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::app {

/// What must hold between the rows of people and posts (docs/formats/tables.md): every record
/// parses, an index entry and what it points to have each other, a count is that of what it counts.
/// Rows come in the order of keys, each once; finish() says what only the whole shows.
class DataCheck {
public:
    [[nodiscard]] Result<void>
    check_row(const ports::Key& key, std::string_view value, const store::RowLookup& lookup);
    /// One sentence for each thing that is wrong.
    [[nodiscard]] std::vector<std::string> finish() const;

private:
    struct Counted {
        ports::Counters stored{};
        ports::Counters found{};
    };
    using Counts = std::unordered_map<std::uint64_t, Counted>;

    /// One row and the way to others.
    struct Row {
        const ports::Key& key;
        std::string_view value;
        const store::RowLookup& lookup;

        [[nodiscard]] std::uint64_t partition_id() const;
        [[nodiscard]] bool has(const ports::Key& other) const;
        /// kCorrupt unless `other` is there (and is `expected`, if that is not null).
        [[nodiscard]] Result<void>
        expect(const ports::Key& other, const std::string* expected = nullptr) const;
    };

    [[nodiscard]] Result<void> check_people(const Row& row);
    [[nodiscard]] Result<void> check_edges(const Row& row);
    [[nodiscard]] Result<void> check_posts(const Row& row);
    [[nodiscard]] Result<void> check_post(const Row& row);
    [[nodiscard]] Result<void> check_reactions(const Row& row);
    [[nodiscard]] Result<void> check_notifications(const Row& row);

    Counts accounts_;
    Counts posts_;
};

}  // namespace rookery::app
