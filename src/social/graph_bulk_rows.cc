#include "social/account.h"
#include "social/credentials.h"
#include "social/follows.h"
#include "social/graph_bulk_import.h"
#include "social/tables.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

namespace rookery::social {

namespace {

using ports::BulkWriter;
using ports::Table;

constexpr std::size_t kPartsPerThread = 4;
constexpr std::uint64_t kTellEvery = 4096;

/// Runs jobs on several threads; the first error ends all, between two jobs.
Result<void> run_all(std::vector<std::function<Result<void>()>> jobs, unsigned threads) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    Result<void> outcome;
    const auto work = [&] {
        for (std::size_t job = next++; job < jobs.size(); job = next++) {
            if (auto done = jobs[job](); !done) {
                const std::lock_guard lock(mutex);
                outcome = outcome ? std::move(done) : std::move(outcome);
                next = jobs.size();
            }
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < threads; ++i) {
        workers.emplace_back(work);
    }
    work();
    workers.clear();
    return outcome;
}

/// Puts rows whose key and value are ids.
class IdRow {
public:
    explicit IdRow(Table table) : table_(table) {}

    Result<void>
    put(BulkWriter& writer, std::uint64_t partition, std::uint64_t sort, std::string_view value) {
        set(partition_, partition);
        set(sort_, sort);
        return writer.put({table_, partition_, sort_}, value);
    }
    Result<void>
    put(BulkWriter& writer, std::uint64_t partition, std::uint64_t sort, std::uint64_t value) {
        set(value_, value);
        return put(writer, partition, sort, value_);
    }

private:
    static void set(std::string& bytes, std::uint64_t id) {
        bytes.clear();
        ByteWriter(bytes).fixed64(id);
    }

    Table table_;
    std::string partition_;
    std::string sort_;
    std::string value_;
};

}  // namespace

std::vector<GraphBulkImport::Part>
GraphBulkImport::parts_of(const EdgeRuns& runs, std::size_t count) {
    std::vector<Part> parts;
    std::uint64_t from = 0;
    for (const std::uint64_t border : runs.borders(count)) {
        parts.push_back({from, border});
        from = border;
    }
    parts.push_back({from, std::numeric_limits<std::uint64_t>::max()});
    return parts;
}

Result<void> GraphBulkImport::write_all(std::uint64_t lines) {
    if (auto filled = sort_filled(); !filled) {
        return filled;
    }
    if (auto sorted = wait_for_sorter(); !sorted) {
        return sorted;
    }
    for (std::vector<IdPair>* done : {&filling_, &chunk_, &spare_}) {
        std::vector<IdPair>().swap(*done);
    }
    if (auto chosen = choose_ids(); !chosen) {
        return chosen;
    }
    follower_counts_.resize(accounts_.size());
    following_counts_.resize(accounts_.size());
    const unsigned threads =
        config_.threads != 0 ? config_.threads : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::function<Result<void>()>> jobs;
    for (const Part part : parts_of(*by_follower_, threads * kPartsPerThread)) {
        jobs.emplace_back([this, part] { return write_following(part); });
    }
    for (const Part part : parts_of(*by_followee_, threads * kPartsPerThread)) {
        jobs.emplace_back([this, part] { return write_followers(part); });
    }
    jobs.emplace_back([this] { return write_accounts(); });
    if (auto done = run_all(std::move(jobs), threads); !done) {
        return done;
    }
    progress_.lines = lines;
    progress_.made = follows_;
    progress_.skipped = taken_ - follows_;
    progress_.accounts = missing_.size();
    if (auto written = write_counters(); !written) {
        return written;
    }
    return write_progress();
}

Result<void> GraphBulkImport::write_following(Part part) {
    TRY(const auto pairs, load_->writer());
    TRY(const auto lists, load_->writer());
    IdRow follow_row(tables::kFollows);
    IdRow list_row(tables::kFollowing);
    EdgeMerge edges(*by_follower_, part.from, part.until);
    std::uint64_t count = 0;
    auto account = std::ranges::lower_bound(accounts_, part.from);
    Follow follow;
    while (const auto edge = edges.next()) {
        const auto [follower, followee] = *edge;
        follow.id = RelationId(relation_id(follower, followee));
        auto put = follow_row.put(*pairs, follower, followee, std::string_view(encode(follow)));
        if (put) {
            put = list_row.put(*lists, follower, ~follow.id.value, followee);
        }
        if (!put) {
            return put;
        }
        while (*account != follower) {
            ++account;
        }
        ++following_counts_[static_cast<std::size_t>(account - accounts_.begin())];
        if (++count % kTellEvery == 0) {
            written_ += kTellEvery;
        }
    }
    written_ += count % kTellEvery;
    follows_ += count;
    if (auto read = edges.status(); !read) {
        return read;
    }
    auto closed = pairs->close();
    return closed ? lists->close() : closed;
}

Result<void> GraphBulkImport::write_followers(Part part) {
    TRY(const auto lists, load_->writer());
    IdRow row(tables::kFollowers);
    EdgeMerge edges(*by_followee_, part.from, part.until);
    std::uint64_t count = 0;
    auto account = std::ranges::lower_bound(accounts_, part.from);
    while (const auto edge = edges.next()) {
        const auto [followee, follower] = *edge;
        const std::uint64_t id = relation_id(follower, followee);
        if (auto put = row.put(*lists, followee, ~id, follower); !put) {
            return put;
        }
        while (*account != followee) {
            ++account;
        }
        ++follower_counts_[static_cast<std::size_t>(account - accounts_.begin())];
        if (++count % kTellEvery == 0) {
            written_ += kTellEvery;
        }
    }
    written_ += count % kTellEvery;
    if (auto read = edges.status(); !read) {
        return read;
    }
    return lists->close();
}

Result<void> GraphBulkImport::write_accounts() {
    choose_names();
    TRY(const auto names, load_->writer());
    for (const ImportedAccount& made : missing_) {
        const ports::Key key = imported_name_key(made.username);
        if (auto put = names->put({key.table, key.partition, key.sort}, tables::id_bytes(made.id));
            !put) {
            return put;
        }
    }
    std::ranges::sort(missing_, {}, &ImportedAccount::id);
    TRY(const auto accounts, load_->writer());
    TRY(const auto credentials, load_->writer());
    const UnixMs now_ms = environment_.clock.now_ms();
    const std::string no_credentials = encode(Credentials{});
    for (const ImportedAccount& made : missing_) {
        const Account account{.id = made.id, .username = made.username, .created_at_ms = now_ms};
        const std::string id = tables::id_bytes(made.id);
        auto put = accounts->put({tables::kAccounts, id, ""}, encode(account));
        if (put) {
            put = credentials->put({tables::kCredentials, id, ""}, no_credentials);
        }
        if (!put) {
            return put;
        }
    }
    for (const auto* writer : {&names, &accounts, &credentials}) {
        if (auto closed = (*writer)->close(); !closed) {
            return closed;
        }
    }
    return {};
}

Result<void> GraphBulkImport::write_counters() {
    TRY(const auto writer, load_->writer());
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        const ports::Counters delta{follower_counts_[i], following_counts_[i], 0, 0};
        const std::string id = tables::id_bytes(accounts_[i]);
        if (auto added = writer->add({tables::kAccountCounters, id, ""}, delta); !added) {
            return added;
        }
    }
    return writer->close();
}

Result<void> GraphBulkImport::write_progress() {
    TRY(const auto writer, load_->writer());
    if (auto put = writer->put({key_.table, key_.partition, key_.sort}, encode(progress_)); !put) {
        return put;
    }
    return writer->close();
}

}  // namespace rookery::social
