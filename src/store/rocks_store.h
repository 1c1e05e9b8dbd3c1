#pragma once

#include "base/blocking_pool.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "ports/partitions.h"
#include "ports/store.h"
#include "store/rocks_store_config.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace rookery::store {

struct FormatMigration;
enum class Reach : std::uint8_t;

/// ports::Store on RocksDB, in one directory of this machine. One writer: event ids are dense and
/// horizon() is the newest committed one. Reads are answered on the calling thread when what they
/// need is in memory, and go to the blocking pool when it is not. Thread-safe. Before it is
/// destroyed, every call must have ended, and nothing that is destroyed earlier may still be
/// waiting for one; commits in the queue are finished.
class RocksStore final : public ports::Store, public ports::Partitions {
public:
    /// Opens or creates the data directory. All references must outlive the store.
    /// kUnavailable if another process has it open, kCorrupt if it is damaged, kInvalid if a newer
    /// version of Rookery wrote it. An older format is migrated, which may take long.
    [[nodiscard]] static Result<std::unique_ptr<RocksStore>> open(
        RocksStoreConfig config,
        const Clock& clock,
        BlockingPool& pool,
        metrics::Registry& registry
    );
    /// With another table of migrations, for tests of the mechanism.
    [[nodiscard]] static Result<std::unique_ptr<RocksStore>> open(
        RocksStoreConfig config,
        const Clock& clock,
        BlockingPool& pool,
        metrics::Registry& registry,
        std::span<const FormatMigration> migrations
    );

    ~RocksStore() override;
    RocksStore(const RocksStore&) = delete;
    RocksStore& operator=(const RocksStore&) = delete;

    [[nodiscard]] Task<Result<std::optional<std::string>>> get(ports::Key key) override;
    [[nodiscard]] Task<Result<std::vector<std::optional<std::string>>>> multi_get(
        std::vector<ports::Key> keys
    ) override;
    [[nodiscard]] Task<Result<std::vector<ports::Row>>> scan(ports::Range range) override;
    [[nodiscard]] Task<Result<std::vector<std::vector<ports::Row>>>> scan_many(
        std::vector<ports::Range> ranges
    ) override;
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    partitions(ports::Table table, std::optional<std::string> after, std::size_t limit) override;
    [[nodiscard]] Task<Result<ports::EventId>> commit(ports::Batch batch) override;
    [[nodiscard]] Task<Result<void>> load(ports::Batch batch) override;
    [[nodiscard]] Task<Result<void>> flush() override;
    [[nodiscard]] Task<Result<std::unique_ptr<ports::BulkLoad>>> begin_bulk_load(
        std::vector<ports::Table> empty
    ) override;
    [[nodiscard]] Task<Result<std::vector<ports::StoredEvent>>>
    read_events(ports::EventId after, std::size_t limit) override;
    [[nodiscard]] ports::EventId horizon() const override;
    [[nodiscard]] ports::EventId frontier() const override;
    [[nodiscard]] Task<Result<void>> trim_events(ports::EventId up_to) override;
    void set_commit_listener(ports::CommitListener listener) override;

private:
    struct Parts;
    explicit RocksStore(std::unique_ptr<Parts> parts);

    template <class Read>
    [[nodiscard]] auto read(Read read)
        -> Task<typename std::invoke_result_t<Read, Reach>::value_type>;

    std::unique_ptr<Parts> parts_;
};

}  // namespace rookery::store
