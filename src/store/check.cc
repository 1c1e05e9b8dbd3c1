#include "store/check.h"

#include "store/database.h"
#include "store/format.h"
#include "store/key_codec.h"
#include "store/outbox_codec.h"
#include "store/row_reader.h"

#include <fmt/format.h>
#include <rocksdb/db.h>

#include <memory>
#include <system_error>
#include <utility>

namespace rookery::store {

namespace {

std::string_view view(const rocksdb::Slice& slice) {
    return {slice.data(), slice.size()};
}

std::string readable(std::string_view bytes) {
    return rocksdb::Slice(bytes.data(), bytes.size()).ToString(true);
}

/// Goes over everything once and notes what is wrong.
class Checker {
public:
    Checker(const Database& database, const CheckOptions& options)
        : database_(database), options_(options), reader_(database) {}

    CheckReport run() {
        check_files();
        check_version();
        check_rows();
        check_outbox();
        return std::move(report_);
    }

private:
    void note(std::string problem) {
        ++report_.problem_count;
        if (report_.problems.size() < options_.problems_max) {
            report_.problems.push_back(std::move(problem));
        }
    }

    void count(std::uint64_t& counter) {
        ++counter;
        constexpr std::uint64_t kProgressEvery = 10'000;
        const std::uint64_t done = report_.rows + report_.events;
        if (options_.progress && done % kProgressEvery == 0) {
            options_.progress(done);
        }
    }

    void check_files() {
        const rocksdb::Status status = database_.db().VerifyChecksum(rocksdb::ReadOptions());
        if (!status.ok()) {
            note(fmt::format("a file is damaged: {}", status.ToString()));
        }
    }

    void check_version() {
        const auto version = read_format_version(database_);
        if (!version) {
            note(version.error().message);
            return;
        }
        report_.format_version = *version;
        const std::uint32_t known = format_version_after(format_migrations());
        if (*version > known) {
            note(fmt::format("format {} is newer than this program's {}", *version, known));
        }
    }

    void check_rows() {
        rocksdb::ReadOptions all;
        all.total_order_seek = true;
        all.fill_cache = false;
        const std::unique_ptr<rocksdb::Iterator> rows(
            database_.db().NewIterator(all, database_.rows())
        );
        const RowLookup lookup = [this](const ports::Key& key) {
            auto found = reader_.get(encode_key(key), Reach::kDisk);
            return *found ? **found : std::nullopt;
        };
        for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
            count(report_.rows);
            const auto key = decode_key(view(rows->key()));
            if (!key) {
                note(fmt::format("key {} does not parse", readable(view(rows->key()))));
                continue;
            }
            if (!options_.check_row) {
                continue;
            }
            if (auto sound = options_.check_row(*key, view(rows->value()), lookup); !sound) {
                note(fmt::format(
                    "row {} / {} of table {}: {}",
                    readable(key->partition),
                    readable(key->sort),
                    static_cast<int>(key->table),
                    sound.error().message
                ));
            }
        }
        if (!rows->status().ok()) {
            note(fmt::format("rows can not be read on: {}", rows->status().ToString()));
        }
    }

    void check_outbox() {
        rocksdb::ReadOptions all;
        all.fill_cache = false;
        const std::unique_ptr<rocksdb::Iterator> events(
            database_.db().NewIterator(all, database_.outbox())
        );
        const auto trimmed = database_.read_trimmed_to();
        if (!trimmed) {
            note(trimmed.error().message);
        }
        ports::EventId expected = trimmed ? *trimmed + 1 : 1;
        for (events->SeekToFirst(); events->Valid(); events->Next()) {
            count(report_.events);
            const auto event = decode_event(view(events->key()), view(events->value()));
            if (!event) {
                note(fmt::format(
                    "event {}: {}", readable(view(events->key())), event.error().message
                ));
                continue;
            }
            if (event->id != expected) {
                note(fmt::format("event {} follows where {} should be", event->id, expected));
            }
            expected = event->id + 1;
            report_.first_event = report_.first_event == 0 ? event->id : report_.first_event;
            report_.last_event = event->id;
            if (!options_.check_event) {
                continue;
            }
            if (auto sound = options_.check_event(*event); !sound) {
                note(fmt::format("event {}: {}", event->id, sound.error().message));
            }
        }
        if (!events->status().ok()) {
            note(fmt::format("events can not be read on: {}", events->status().ToString()));
        }
    }

    const Database& database_;
    const CheckOptions& options_;
    RowReader reader_;
    CheckReport report_;
};

}  // namespace

Result<CheckReport> check(const RocksStoreConfig& config, const CheckOptions& options) {
    std::error_code ignored;
    if (!std::filesystem::exists(config.directory / "CURRENT", ignored)) {
        return fail(
            ErrorCode::kNotFound,
            fmt::format("{} holds no data of Rookery", config.directory.string())
        );
    }
    TRY(const auto database, Database::open_read_only(config));
    return Checker(*database, options).run();
}

}  // namespace rookery::store
