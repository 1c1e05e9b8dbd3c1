#include "social/sessions.h"
#include "social/sessions_codec.h"
#include "social/sessions_state.h"

#include <utility>
#include <vector>

namespace rookery::social {

namespace {

/// Each new one sweeps so many: more than it adds.
constexpr std::size_t kSwept = 4;

ports::Range due_range(ports::Table queue, UnixMs now_ms) {
    ports::Range range;
    range.table = queue;
    range.until = queue_key(queue, now_ms + 1, "").sort;
    range.limit = kSwept;
    return range;
}

std::string without_time(const std::string& sort) {
    return sort.substr(sizeof(std::uint64_t));
}

/// Somebody else did it at the same moment, or the app came into use: both are fine.
Result<void> unless_conflict(const Result<ports::EventId>& committed) {
    if (!committed && committed.error().code != ErrorCode::kConflict) {
        return committed.error();
    }
    return {};
}

}  // namespace

Task<Result<bool>>
Sessions::State::add_app_use(std::string client_id, std::string use, ports::Batch* batch) {
    constexpr std::size_t kClientIdBytesMax = 255;  // of a partition
    if (client_id.empty() || client_id.size() > kClientIdBytesMax) {
        co_return false;
    }
    if (!apps.find(client_id)) {
        CO_TRY(const auto row, co_await environment.store.get(app_key(client_id)));
        if (!row) {
            co_return false;  // browsers, tools, the web app
        }
    }
    batch->expect_present(app_key(client_id));
    batch->put(app_use_key(client_id, std::move(use)), "");
    batch->put(app_use_key(std::move(client_id), ""), tables::id_bytes(environment.ids.next()));
    co_return true;
}

Task<Result<void>> Sessions::State::sweep_apps() {
    CO_TRY(
        const auto due,
        co_await environment.store.scan(due_range(tables::kAppQueue, environment.clock.now_ms()))
    );
    for (const ports::Row& row : due) {
        CO_CHECK(co_await sweep_app(row));
    }
    co_return Result<void>();
}

Task<Result<void>> Sessions::State::sweep_app(ports::Row due) {
    const std::string client_id = without_time(due.sort);
    ports::Range range;
    range.table = tables::kAppUses;
    range.partition = client_id;
    range.limit = 2;  // the row that changes with every other, and one other
    CO_TRY(const auto uses, co_await environment.store.scan(std::move(range)));
    const bool is_in_use = !uses.empty() && !uses.back().sort.empty();
    ports::Batch batch;
    const ports::Key queued{tables::kAppQueue, "", due.sort};
    batch.expect_present(queued);
    batch.erase(queued);
    if (is_in_use) {
        const UnixMs next = environment.clock.now_ms() + limits.unused_app_seconds * 1000;
        batch.put(queue_key(tables::kAppQueue, next, client_id), "");
        const auto requeued = co_await environment.store.commit(std::move(batch));
        co_return unless_conflict(requeued);
    }
    const ports::Key last_change = app_use_key(client_id, "");
    if (uses.empty()) {
        batch.expect_absent(last_change);
    } else {
        batch.expect_equals(last_change, uses.front().value);
        batch.erase(last_change);
    }
    batch.erase(app_key(client_id));
    const auto committed = co_await environment.store.commit(std::move(batch));
    apps.erase(client_id);
    co_return unless_conflict(committed);
}

Task<Result<void>> Sessions::State::sweep_app_tokens() {
    const UnixMs now_ms = environment.clock.now_ms();
    CO_TRY(
        const auto due, co_await environment.store.scan(due_range(tables::kAppTokenQueue, now_ms))
    );
    for (const ports::Row& row : due) {
        const std::string hash = without_time(row.sort);
        CO_TRY(SessionPtr session, co_await load(hash));
        if (session) {
            CO_CHECK(co_await revoke(hash, std::move(session)));
        }
        ports::Batch batch;
        batch.erase({tables::kAppTokenQueue, "", row.sort});
        CO_CHECK(co_await environment.store.commit(std::move(batch)));
    }
    co_return Result<void>();
}

}  // namespace rookery::social
