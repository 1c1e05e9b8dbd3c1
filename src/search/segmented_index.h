#pragma once

#include "base/blocking_pool.h"
#include "ports/search_index.h"
#include "search/index_files.h"
#include "search/segmented_index_config.h"
#include "search/snapshot.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace rookery::search {

/// A log-structured index: each call of apply() makes a segment, which is never changed; segments
/// of like size are merged. Readers take the list of segments of the moment and lock nothing while
/// they search. Newest first, a search ends when it has enough, without a look at older segments:
/// the idea of Busch et al., "Earlybird: Real-Time Search at Twitter" (ICDE 2012), with O'Neil et
/// al.'s LSM-tree (1996) in place of a segment that is written in place.
class SegmentedIndex final : public ports::SearchIndex {
public:
    /// Takes up what the directory has; begins empty, with checkpoint 0, where that is damaged or
    /// of another version. `pool` must outlive it. Blocks.
    [[nodiscard]] static Result<std::unique_ptr<SegmentedIndex>>
    open(SegmentedIndexConfig config, BlockingPool& pool);
    /// Breaks off merges; does not flush.
    ~SegmentedIndex() override;
    SegmentedIndex(const SegmentedIndex&) = delete;
    SegmentedIndex& operator=(const SegmentedIndex&) = delete;

    [[nodiscard]] Task<Result<void>>
    apply(std::vector<ports::SearchChange> changes, ports::EventId checkpoint) override;
    [[nodiscard]] Task<Result<std::vector<ports::SearchHit>>> search(ports::SearchQuery query
    ) override;
    [[nodiscard]] Task<Result<std::vector<TermCount>>>
    complete(std::string prefix, std::size_t limit) override;
    [[nodiscard]] Task<Result<void>> flush() override;
    [[nodiscard]] ports::EventId checkpoint() const override { return durable_checkpoint_; }
    [[nodiscard]] Size size() const override;

    /// Waits until nothing is left to merge: for measurements.
    void settle();
    [[nodiscard]] std::size_t segment_count() const { return snapshot()->parts.size(); }
    /// kCorrupt if bytes of a segment have changed. Reads all of them; blocks.
    [[nodiscard]] Result<void> verify() const;

private:
    SegmentedIndex(SegmentedIndexConfig config, BlockingPool& pool);

    [[nodiscard]] Result<void> load();
    [[nodiscard]] SnapshotPtr snapshot() const;
    void publish(std::vector<Part> parts);

    void add_changes(const std::vector<ports::SearchChange>& changes, ports::EventId checkpoint);
    void merge_small_parts();
    [[nodiscard]] Result<void> flush_now();
    [[nodiscard]] Result<void> write_parts_in_memory();

    /// Parts that had better be one, of those with at least (or, `small`, less than) kSmallDocs.
    [[nodiscard]] std::vector<Part> choose_merge(bool small) const;
    /// Parts of the same time, as a fill leaves them, which goes from author to author: each of
    /// them would be looked at by every search. Only such as a flush has seen, which is not often.
    [[nodiscard]] std::vector<Part> choose_of_one_time() const;
    [[nodiscard]] Result<void> merge(const std::vector<Part>& sources, bool into_file);
    /// Puts `made` (null: nothing is left) in the place of `sources`.
    void replace(
        const std::vector<Part>& sources,
        const std::vector<std::shared_ptr<DeadDocs>>& dead_before,
        std::optional<Part> made
    );
    void merge_in_background();
    void wake_background();

    const SegmentedIndexConfig config_;
    BlockingPool& pool_;
    IndexFiles files_;

    std::mutex flush_mutex_;  ///< one flush at a time; taken before the others
    // What is on the disk; under flush_mutex_:
    Manifest written_;
    std::map<std::uint64_t, std::uint32_t> dead_written_;  ///< by file: so many are dead there
    std::mutex apply_mutex_;  ///< one writer of small segments at a time; taken before parts_mutex_
    std::mutex parts_mutex_;  ///< for changing the list of parts, and which documents are dead
    std::set<const Segment*> merging_;       ///< by the background; under parts_mutex_
    std::set<std::uint64_t> new_files_;      ///< being written; under parts_mutex_
    std::set<std::uint64_t> durable_files_;  ///< of the last flush; under parts_mutex_
    ports::EventId applied_checkpoint_ = 0;  ///< under parts_mutex_
    std::atomic<std::uint64_t> next_file_{1};
    std::atomic<ports::EventId> durable_checkpoint_{0};

    mutable std::mutex snapshot_mutex_;
    SnapshotPtr snapshot_ = std::make_shared<Snapshot>();

    std::mutex wake_mutex_;
    std::condition_variable wake_;
    bool work_ = false;  ///< under wake_mutex_
    bool idle_ = false;  ///< under wake_mutex_
    std::atomic<bool> stopping_{false};
    std::thread background_;
};

}  // namespace rookery::search
