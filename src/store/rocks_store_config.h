#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace rookery::store {

/// When a commit is acknowledged.
enum class SyncMode : std::uint8_t {
    /// After fsync: nothing acknowledged is lost by a power cut. One fsync serves all commits that
    /// came while the one before was under way, so the price falls on latency (an fsync, 0.1 to
    /// 10 ms by disk), hardly on throughput.
    kAlways,
    /// After the write reached the operating system: kill -9 loses nothing, a power cut or a crash
    /// of the machine loses up to `sync_interval_ms` of acknowledged commits.
    kInterval,
};

/// What a RocksStore may use. Each member's default suits a machine with 2 cores and 4 GB.
struct RocksStoreConfig {
    std::filesystem::path directory;

    SyncMode sync = SyncMode::kAlways;
    /// Only for SyncMode::kInterval.
    int sync_interval_ms = 100;

    /// Uncompressed blocks, indexes and filters kept in memory. More saves disk reads: a point read
    /// costs 5 us from here, 50 us and a change of threads from the operating system's cache.
    std::size_t block_cache_bytes = std::size_t{256} << 20;
    /// New rows gather in memory until a buffer of this size is full; up to four exist at a time,
    /// and after a crash the log of as many is read again at the start.
    std::size_t write_buffer_bytes = std::size_t{64} << 20;

    /// Commits that wait for the one commit thread. Over either limit a commit fails with
    /// kUnavailable at once, which is kinder than a queue that only grows.
    std::size_t commit_queue_batches_max = 20'000;
    std::size_t commit_queue_bytes_max = std::size_t{64} << 20;
    /// At most so much is written with one fsync; more makes the first of a group wait longer.
    std::size_t commit_group_bytes_max = std::size_t{4} << 20;
    /// How far apart groups begin at least while several commits come at once. More makes groups
    /// larger, and so commits cheaper; each waits for half as long on an average.
    std::chrono::milliseconds commit_group_interval{2};

    /// Flushes and compactions at the same time. They run at low CPU priority.
    int background_jobs_max = 2;
    /// Table files held open. Each needs a file descriptor; one that is not open costs a read of
    /// the disk more.
    int open_files_max = 512;

    /// Opens a directory whose log is damaged in the middle, by dropping everything from the damage
    /// on, acknowledged commits included. For rescue, when no backup exists.
    bool accept_damaged_log = false;
};

}  // namespace rookery::store
