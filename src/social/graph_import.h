#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/import_progress.h"
#include "social/imported_account.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

struct ImportedEdge {
    AccountId follower;
    AccountId followee;

    auto operator<=>(const ImportedEdge&) const = default;
};

/// A line of an edge list: two ids, the follower's first, separated by blanks, tabs or a comma;
/// what follows them is ignored. Nothing for an empty line or one that begins with '#' or '%'.
/// kInvalid says what is wrong with the line.
[[nodiscard]] Result<std::optional<ImportedEdge>> parse_edge(std::string_view line);

/// Bulk import of follows between accounts that are given by id; accounts that do not exist are
/// made, named "u" and their id, without a password. Makes no notifications. Skips self-loops,
/// edges that are there already, and edges between people one of whom blocks the other or awaits
/// the other's approval. The rows are those of Follows and Accounts, committed in chunks on the
/// same conditions, so that an import may run beside people who follow, unfollow and block. One
/// coroutine at a time uses an object.
class GraphImport {
public:
    /// A good number of edges for one add(): more in one commit make others wait for longer.
    static constexpr std::size_t kChunkEdges = 8192;

    /// `name` identifies the input: an import of the same name goes on where the last one stopped.
    GraphImport(Environment environment, std::string name);

    /// To be called first. What earlier runs did: skip that many lines of the input.
    [[nodiscard]] Task<Result<ImportProgress>> begin();

    /// Makes the edges durable together with the note that the input is done up to and including
    /// line number `lines_done`. kConflict if another import of this name is under way.
    [[nodiscard]] Task<Result<void>> add(std::vector<ImportedEdge> edges, std::uint64_t lines_done);

    /// Tells everybody that the graph changed; also to be called when the import breaks off.
    [[nodiscard]] Task<Result<ImportProgress>> finish();

    [[nodiscard]] const ImportProgress& progress() const { return progress_; }

private:
    struct Chunk {
        std::vector<ImportedEdge> edges;  ///< sorted, each once
        std::vector<ImportedAccount> missing;
    };
    enum class Origin : std::uint8_t { kFound, kMadeHere };

    [[nodiscard]] Task<Result<std::vector<ImportedAccount>>> find_missing(
        const std::vector<ImportedEdge>* edges
    );
    [[nodiscard]] Task<Result<std::string>> free_username(AccountId id);
    /// Gives another name to those whose name is taken.
    [[nodiscard]] Task<Result<void>> rename_taken(std::vector<ImportedAccount>* accounts);
    /// Takes out the edges that must not be made, according to the store.
    [[nodiscard]] Task<Result<void>> drop_unwanted(std::vector<ImportedEdge>* edges);
    [[nodiscard]] Task<Result<void>> check_alone();
    [[nodiscard]] bool may_be_at_odds(const ImportedEdge& edge) const;
    [[nodiscard]] ports::Batch batch_of(const Chunk& chunk, const ImportProgress& after);
    void append_edges(ports::Batch& batch, const std::vector<ImportedEdge>& edges);

    Environment environment_;
    std::string name_;
    ports::Key key_;
    ImportProgress progress_;
    std::optional<std::string> stored_progress_;  ///< as last read or written
    /// Accounts that are known to exist. Nobody can have acted as one that was made here.
    boost::unordered_flat_map<std::uint64_t, Origin> known_;
    std::chrono::steady_clock::time_point told_at_;
};

}  // namespace rookery::social
