#include "social/post_import.h"

#include "base/codec.h"
#include "base/random.h"
#include "social/event.h"
#include "social/post_rows.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rookery::social {

namespace {

constexpr int kAttemptsMax = 8;
constexpr std::size_t kAccountsPerRead = 1000;

/// A number that depends on the seed, the line and what it is for.
std::uint64_t dice(std::uint64_t seed, std::uint64_t line, std::uint64_t purpose) {
    std::uint64_t state = seed ^ (line * 0xD1342543DE82EF95ULL) ^ (purpose << 56);
    static_cast<void>(split_mix64(state));
    return split_mix64(state);
}

std::uint64_t scale(std::uint64_t number, std::uint64_t bound) {
    return static_cast<std::uint64_t>((static_cast<__uint128_t>(number) * bound) >> 64);
}

void tell_everybody(ports::Batch& batch) {
    batch.emit(encode(SocialEvent{.type = EventType::kGraphImported}));
    batch.emit(encode(SocialEvent{.type = EventType::kPostsImported}));
}

}  // namespace

PostImport::PostImport(
    Environment environment,
    Accounts& accounts,
    Posts& posts,
    std::string name,
    PostImportOptions options
)
    : environment_(std::move(environment)),
      accounts_(accounts),
      posts_(posts),
      options_(options),
      name_(std::move(name)) {}

Task<Result<ImportProgress>> PostImport::begin() {
    CO_TRY(key_, import_key("posts " + name_));
    period_key_ = key_;
    period_key_.sort = "period";
    CO_TRY(stored_progress_, co_await environment_.store.get(key_));
    if (stored_progress_) {
        CO_TRY(progress_, decode_import_progress(*stored_progress_));
    }
    CO_CHECK(co_await load_authors());
    CO_CHECK(co_await load_period());
    co_return progress_;
}

Task<Result<void>> PostImport::load_authors() {
    std::string after;
    while (true) {
        CO_TRY(const auto part, co_await accounts_.list(after, kAccountsPerRead));
        for (const AccountPtr& account : part) {
            if (!account->suspended) {
                authors_.push_back(account->id);
            }
        }
        if (part.size() < kAccountsPerRead) {
            break;
        }
        after = part.back()->username;
    }
    if (authors_.empty()) {
        co_return fail(ErrorCode::kInvalid, "There is no account to post as: make some first");
    }
    std::ranges::sort(authors_);
    co_return Result<void>{};
}

Task<Result<void>> PostImport::load_period() {
    CO_TRY(auto stored, co_await environment_.store.get(period_key_));
    if (!stored) {
        const UnixMs now_ms = environment_.clock.now_ms();
        stored.emplace();
        ByteWriter writer(*stored);
        writer.fixed64(first_id_at(now_ms - options_.period_ms));
        writer.fixed64(first_id_at(now_ms));
        ports::Batch batch;
        batch.expect_absent(period_key_);
        batch.put(period_key_, *stored);
        CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    }
    ByteReader reader(*stored);
    first_id_ = reader.fixed64();
    end_id_ = reader.fixed64();
    if (!reader.complete() || first_id_ >= end_id_) {
        co_return fail(ErrorCode::kCorrupt, "stored period of an import does not parse");
    }
    co_return Result<void>{};
}

Task<Result<void>> PostImport::add(std::vector<std::string> lines, std::uint64_t lines_done) {
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        auto added = co_await try_add(&lines, lines_done);
        if (added || added.error().code != ErrorCode::kConflict) {
            co_return added;
        }
        CO_TRY(const auto stored, co_await environment_.store.get(key_));
        if (stored != stored_progress_) {
            co_return fail(ErrorCode::kConflict, "Another import of this name is under way");
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>>
PostImport::try_add(const std::vector<std::string>* lines, std::uint64_t lines_done) {
    const std::uint64_t first = lines_done - lines->size();
    CO_TRY(const auto ids, co_await ids_of(first, lines->size()));
    ports::Batch batch;
    ImportProgress after = progress_;
    after.lines = lines_done;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        NewPost draft;
        draft.author = author_of(first + i);
        draft.text = (*lines)[i];
        const auto planned = co_await posts_.plan_import(&batch, std::move(draft), ids[i], nullptr);
        if (planned) {
            batch.expect_absent(post_key(ids[i]));
            ++after.made;
        } else if (planned.error().code == ErrorCode::kInvalid) {
            ++after.skipped;
        } else {
            co_return planned.error();
        }
    }
    if (stored_progress_) {
        batch.expect_equals(key_, *stored_progress_);
    } else {
        batch.expect_absent(key_);
    }
    batch.put(key_, encode(after));
    if (options_.is_alone && !has_added_) {
        tell_everybody(batch);
    }
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    has_added_ = true;
    progress_ = after;
    stored_progress_ = encode(after);
    co_return Result<void>{};
}

Task<Result<std::vector<PostId>>> PostImport::ids_of(std::uint64_t first, std::size_t count) {
    std::vector<PostId> ids;
    std::vector<ports::Key> keys;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t offset = scale(dice(options_.seed, first + i, 1), end_id_ - first_id_);
        ids.emplace_back(first_id_ + offset);
        keys.push_back(post_key(ids.back()));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::set<PostId> used;
    for (std::size_t i = 0; i < count; ++i) {
        bool is_taken = rows[i].has_value();
        while (is_taken || !used.insert(ids[i]).second) {
            ++ids[i].value;
            CO_TRY(const auto row, co_await environment_.store.get(post_key(ids[i])));
            is_taken = row.has_value();
        }
    }
    co_return ids;
}

AccountId PostImport::author_of(std::uint64_t line) const {
    return authors_[scale(dice(options_.seed, line, 2), authors_.size())];
}

Task<Result<ImportProgress>> PostImport::finish() {
    ports::Batch batch;
    tell_everybody(batch);
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return progress_;
}

}  // namespace rookery::social
