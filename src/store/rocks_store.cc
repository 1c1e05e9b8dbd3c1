#include "store/rocks_store.h"

#include "base/log.h"
#include "store/bulk_files.h"
#include "store/commit_thread.h"
#include "store/database.h"
#include "store/format.h"
#include "store/interval_sync.h"
#include "store/key_codec.h"
#include "store/row_reader.h"
#include "store/store_metrics.h"
#include "store/write_rows.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <rocksdb/cache.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <system_error>
#include <type_traits>
#include <utility>

namespace rookery::store {

namespace asio = boost::asio;
using ports::EventId;
using ports::Key;

namespace {

/// Files come and go while they are counted: what cannot be read any more does not count.
double bytes_of_files(const std::filesystem::path& directory) {
    std::error_code failed;
    std::uintmax_t bytes = 0;
    for (std::filesystem::recursive_directory_iterator entry(directory, failed), end;
         !failed && entry != end;
         entry.increment(failed)) {
        std::error_code gone;
        const std::uintmax_t size = entry->is_regular_file(gone) ? entry->file_size(gone) : 0;
        bytes += gone ? 0 : size;
    }
    return static_cast<double>(bytes);
}

/// Asked for at each exposition, also when the store is closed.
void expose_disk(metrics::Registry& registry, const std::filesystem::path& directory) {
    registry.gauge_function(
        "rookery_store_disk_bytes",
        "Size of the store's files: tables, and the log that is not in tables yet.",
        {},
        [directory] { return bytes_of_files(directory); }
    );
}

/// Asked for at each exposition, also when the store is closed: then they say 0.
void expose_cache(metrics::Registry& registry, const std::weak_ptr<rocksdb::Cache>& cache) {
    registry.gauge_function("rookery_store_block_cache_bytes", "Block cache in use.", {}, [cache] {
        const auto open = cache.lock();
        return open ? static_cast<double>(open->GetUsage()) : 0.0;
    });
    registry.gauge_function(
        "rookery_store_block_cache_capacity_bytes",
        "Most that the block cache may use.",
        {},
        [cache] {
            const auto open = cache.lock();
            return open ? static_cast<double>(open->GetCapacity()) : 0.0;
        }
    );
}

}  // namespace

struct RocksStore::Parts {
    Parts(
        RocksStoreConfig with,
        const Clock& clock,
        BlockingPool& blocking_pool,
        metrics::Registry& registry,
        std::unique_ptr<Database> opened,
        EventId last_event,
        EventId trimmed
    )
        : config(std::move(with)),
          pool(blocking_pool),
          metrics(registry),
          database(std::move(opened)),
          reader(*database),
          trimmed_to(trimmed),
          commits(config, *database, clock, metrics, last_event) {
        expose_cache(registry, database->block_cache());
        expose_disk(registry, config.directory);
    }
    ~Parts();
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    RocksStoreConfig config;
    BlockingPool& pool;
    StoreMetrics metrics;
    std::unique_ptr<Database> database;
    RowReader reader;
    std::mutex trim_mutex;
    std::atomic<EventId> trimmed_to;
    CommitThread commits;
    std::unique_ptr<IntervalSync> interval_sync;
    std::atomic<bool> bulk_loading{false};
};

Result<std::unique_ptr<RocksStore>> RocksStore::open(
    RocksStoreConfig config,
    const Clock& clock,
    BlockingPool& pool,
    metrics::Registry& registry
) {
    return open(std::move(config), clock, pool, registry, format_migrations());
}

Result<std::unique_ptr<RocksStore>> RocksStore::open(
    RocksStoreConfig config,
    const Clock& clock,
    BlockingPool& pool,
    metrics::Registry& registry,
    std::span<const FormatMigration> migrations
) {
    TRY(auto database, Database::open(config));
    std::error_code ignored;
    std::filesystem::remove_all(bulk_directory(config), ignored);  // of one that was interrupted
    if (auto current = bring_up_to_date(*database, migrations); !current) {
        return std::move(current).error();
    }
    TRY(const EventId last_event, database->read_last_event());
    TRY(const EventId trimmed, database->read_trimmed_to());
    auto parts = std::make_unique<Parts>(
        std::move(config),
        clock,
        pool,
        registry,
        std::move(database),
        std::max(last_event, trimmed),
        trimmed
    );
    if (parts->config.sync == SyncMode::kInterval) {
        Parts* const p = parts.get();
        parts->interval_sync = std::make_unique<IntervalSync>(
            std::chrono::milliseconds(p->config.sync_interval_ms),
            [p] {
                if (const auto status = p->database->db().SyncWAL(); !status.ok()) {
                    p->commits.mark_broken();
                    log::error("the store failed to sync", {{"detail", status.ToString()}});
                }
            }
        );
    }
    return std::unique_ptr<RocksStore>(new RocksStore(std::move(parts)));
}

RocksStore::RocksStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

RocksStore::~RocksStore() = default;

RocksStore::Parts::~Parts() {
    commits.stop();
    interval_sync.reset();
    if (commits.broken()) {
        return;  // whatever RocksDB would write now is not to be trusted
    }
    if (auto written = database->write_out(); !written) {
        log::warning("closing the store", {{"detail", written.error().detail}});
    }
}

/// Asks memory first, on this thread, and only if it does not know, the disk on another.
template <class Read>
auto RocksStore::read(Read read) -> Task<typename std::invoke_result_t<Read, Reach>::value_type> {
    using Value = typename std::invoke_result_t<Read, Reach>::value_type;
    parts_->metrics.reads.add();
    std::optional<Value> found = read(Reach::kMemory);
    if (!found) {
        parts_->metrics.pool_hops.add();
        Value value = co_await parts_->pool.run([&read]() -> Value { return *read(Reach::kDisk); });
        co_return value;
    }
    co_return std::move(*found);
}

Task<Result<std::optional<std::string>>> RocksStore::get(Key key) {
    return read([this, encoded = encode_key(key)](Reach reach) {
        return parts_->reader.get(encoded, reach);
    });
}

Task<Result<std::vector<std::optional<std::string>>>> RocksStore::multi_get(std::vector<Key> keys) {
    return read([this, wanted = std::move(keys)](Reach reach) {
        return parts_->reader.multi_get(wanted, reach);
    });
}

Task<Result<std::vector<ports::Row>>> RocksStore::scan(ports::Range range) {
    return read([this, wanted = std::move(range)](Reach reach) {
        return parts_->reader.scan(wanted, reach);
    });
}

Task<Result<std::vector<std::vector<ports::Row>>>> RocksStore::scan_many(
    std::vector<ports::Range> ranges
) {
    // What memory had is not read again from the disk.
    return read([this, wanted = std::move(ranges), found = std::vector<std::vector<ports::Row>>()](
                    Reach reach
                ) mutable { return parts_->reader.scan_many(wanted, reach, found); });
}

Task<Result<std::vector<std::string>>>
RocksStore::partitions(ports::Table table, std::optional<std::string> after, std::size_t limit) {
    return read([this, table, last = std::move(after), limit](Reach reach) {
        return parts_->reader.partitions(table, last, limit, reach);
    });
}

Task<Result<std::vector<ports::StoredEvent>>>
RocksStore::read_events(EventId after, std::size_t limit) {
    // Range tombstones of trimmed events would be walked over otherwise.
    const EventId from = std::max(after, parts_->trimmed_to.load(std::memory_order_acquire));
    return read([this, from, until = horizon(), limit](Reach reach) {
        return parts_->reader.events(from, until, limit, reach);
    });
}

EventId RocksStore::horizon() const {
    return parts_->commits.horizon();
}

EventId RocksStore::frontier() const {
    return parts_->commits.frontier();
}

Task<Result<EventId>> RocksStore::commit(ports::Batch batch) {
    CO_CHECK(ports::check_batch(batch));
    auto initiate = [this](auto handler, ports::Batch given) {
        auto executor = asio::get_associated_executor(handler);
        auto tracked = asio::prefer(executor, asio::execution::outstanding_work.tracked);
        PendingCommit pending;
        pending.bytes = batch_bytes(given);
        pending.batch = std::move(given);
        pending.complete = [tracked, waiter = std::move(handler)](Result<EventId> outcome) mutable {
            asio::post(tracked, [resume = std::move(waiter), value = std::move(outcome)]() mutable {
                std::move(resume)(std::move(value));
            });
        };
        if (!parts_->commits.submit(pending)) {
            parts_->metrics.refused.add();
            pending.complete(
                fail(ErrorCode::kUnavailable, "the server is overloaded", "commit queue is full")
            );
        }
    };
    Result<EventId> outcome =
        co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Result<EventId>)>(
            std::move(initiate), asio::use_awaitable_t<Executor>{}, std::move(batch)
        );
    co_return outcome;
}

Task<Result<void>> RocksStore::load(ports::Batch batch) {
    CO_CHECK(ports::check_load(batch));
    if (parts_->commits.broken()) {
        co_return fail(ErrorCode::kInternal, "the store failed", "a write failed; see the log");
    }
    Result<void> written = co_await parts_->pool.run([this, &batch]() -> Result<void> {
        rocksdb::WriteBatch writes(batch_bytes(batch));
        append_sorted_rows(batch, *parts_->database, writes);
        return to_result(
            parts_->database->db().Write(rocksdb::WriteOptions(), &writes), "loading rows"
        );
    });
    if (!written) {
        parts_->commits.mark_broken();
        log::error("the store failed to load rows", {{"detail", written.error().detail}});
    }
    parts_->metrics.loaded_rows.add(batch.operations.size());
    co_return written;
}

Task<Result<void>> RocksStore::flush() {
    Result<void> synced = co_await parts_->pool.run([this]() -> Result<void> {
        return to_result(parts_->database->db().SyncWAL(), "syncing the log");
    });
    if (!synced) {
        parts_->commits.mark_broken();
        log::error("the store failed to sync", {{"detail", synced.error().detail}});
    }
    co_return synced;
}

Task<Result<std::unique_ptr<ports::BulkLoad>>> RocksStore::begin_bulk_load(
    std::vector<ports::Table> empty
) {
    if (parts_->bulk_loading.exchange(true)) {
        co_return fail(ErrorCode::kUnavailable, "another bulk load is under way");
    }
    // Ends the load also where the next lines return early.
    auto load =
        std::make_unique<BulkFiles>(parts_->config, *parts_->database, parts_->pool, [this] {
            parts_->bulk_loading.store(false);
        });
    for (const ports::Table table : empty) {
        Result<bool> found = co_await parts_->pool.run([this, table] {
            return is_empty_table(*parts_->database, table);
        });
        if (!found) {
            co_return std::move(found).error();
        }
        if (!*found) {
            co_return fail(ErrorCode::kConflict, "a table has rows that must have none");
        }
    }
    co_return std::unique_ptr<ports::BulkLoad>(std::move(load));
}

Task<Result<void>> RocksStore::trim_events(EventId up_to) {
    Result<void> trimmed = co_await parts_->pool.run([this, up_to]() -> Result<void> {
        const std::lock_guard lock(parts_->trim_mutex);
        const EventId end = std::min(up_to, horizon());
        if (end <= parts_->trimmed_to.load(std::memory_order_relaxed)) {
            return {};
        }
        if (auto done = parts_->database->trim_events(end); !done) {
            return done;
        }
        parts_->trimmed_to.store(end, std::memory_order_release);
        return {};
    });
    co_return trimmed;
}

void RocksStore::set_commit_listener(ports::CommitListener listener) {
    parts_->commits.set_listener(std::move(listener));
}

}  // namespace rookery::store
