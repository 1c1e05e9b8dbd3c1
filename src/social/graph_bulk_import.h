#pragma once

#include "base/task.h"
#include "ports/bulk_load.h"
#include "social/accounts.h"
#include "social/edge_runs.h"
#include "social/environment.h"
#include "social/graph_import.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace rookery::social {

struct GraphBulkConfig {
    std::filesystem::path scratch;  ///< a directory for sorting: about 8 bytes an edge
    /// Edges sorted in memory at a time: five times 16 bytes each.
    std::size_t chunk_edges = std::size_t{4} << 20;
    unsigned threads = 0;  ///< that write; 0: as many as there are cores
};

/// GraphImport for a store that nobody else uses and that has no follow, request or block yet:
/// the same rows, sorted on disk and handed to the store in a bulk load. All of it appears at once
/// at the end, or nothing does. Relation ids follow from the two accounts, the order of followers
/// and of followees at once, and lie before the time of the import. One thread at a time uses an
/// object; add() and finish() compute and block for long.
class GraphBulkImport {
public:
    /// `name` as of GraphImport.
    GraphBulkImport(
        Environment environment,
        Accounts& accounts,
        std::string name,
        GraphBulkConfig config
    );
    ~GraphBulkImport();
    GraphBulkImport(const GraphBulkImport&) = delete;
    GraphBulkImport& operator=(const GraphBulkImport&) = delete;

    /// To be called first. False if the store has follows, requests or blocks, or an import of this
    /// name was begun: that is work for GraphImport, and this object is of no use.
    [[nodiscard]] Task<Result<bool>> begin();

    /// Takes an edge; kInternal if the scratch file cannot be written.
    [[nodiscard]] Result<void> add(ImportedEdge edge);

    /// Writes everything, with the note that `lines` lines are done. kInvalid for more accounts
    /// than relation ids can tell apart (a hundred million).
    [[nodiscard]] Task<Result<ImportProgress>> finish(std::uint64_t lines);

    /// How many of edges_taken() edges finish() has written; for another thread, too.
    [[nodiscard]] std::uint64_t edges_written() const { return written_.load() / 2; }
    [[nodiscard]] std::uint64_t edges_taken() const { return taken_; }

private:
    /// What `first` of a pair may be: [from, until).
    struct Part {
        std::uint64_t from = 0;
        std::uint64_t until = 0;
    };
    [[nodiscard]] static std::vector<Part> parts_of(const EdgeRuns& runs, std::size_t count);

    [[nodiscard]] Result<void> sort_filled();
    [[nodiscard]] Result<void> sort_chunk();
    void note_accounts(const std::vector<IdPair>& sorted);
    [[nodiscard]] Result<void> wait_for_sorter();
    [[nodiscard]] Result<void> write_all(std::uint64_t lines);
    [[nodiscard]] Result<void> write_following(Part part);
    [[nodiscard]] Result<void> write_followers(Part part);
    [[nodiscard]] Result<void> write_accounts();
    [[nodiscard]] Result<void> write_counters();
    [[nodiscard]] Result<void> write_progress();
    void choose_names();
    [[nodiscard]] Result<void> choose_ids();
    [[nodiscard]] std::uint64_t relation_id(std::uint64_t follower, std::uint64_t followee) const;
    [[nodiscard]] std::uint64_t rank(std::uint64_t account) const;

    Environment environment_;
    Accounts& all_accounts_;
    std::string name_;
    GraphBulkConfig config_;
    ports::Key key_;
    ImportProgress progress_;
    std::unique_ptr<ports::BulkLoad> load_;

    // Between add() and the sorter's thread.
    std::vector<IdPair> filling_;
    std::future<Result<void>> sorter_;
    std::vector<IdPair> chunk_;  // the sorter's, like the rest until it is waited for
    std::vector<IdPair> spare_;
    std::optional<EdgeRuns> by_follower_;
    std::optional<EdgeRuns> by_followee_;
    std::vector<std::uint64_t> accounts_;  ///< that edges name; sorted

    std::uint64_t taken_ = 0;
    std::uint64_t loops_ = 0;
    std::atomic<std::uint64_t> written_{0};  ///< each edge counts twice: once each way
    std::atomic<std::uint64_t> follows_{0};
    std::unordered_set<std::uint64_t> existing_ids_;
    std::unordered_set<std::string> existing_names_;  ///< in lower case
    std::vector<ImportedAccount> missing_;            ///< in the order of names
    std::vector<std::uint32_t> follower_counts_;      ///< by place in accounts_
    std::vector<std::uint32_t> following_counts_;
    std::uint64_t newest_id_ = 0;
    std::uint64_t ranks_ = 0;  ///< every rank is below it
    bool rank_is_id_ = false;  ///< else it is the place in accounts_
};

}  // namespace rookery::social
