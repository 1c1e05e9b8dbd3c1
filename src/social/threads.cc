#include "social/threads.h"

#include "social/privacy.h"
#include "social/tables.h"
#include "social/thread_tree.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

using tables::id_bytes;

constexpr std::size_t kScanRows = 1000;
constexpr std::size_t kChunk = 200;
/// Of the scans that look for ancestors: few where the next one is far off, more along a chain.
constexpr std::size_t kChainScanMin = 4;
constexpr std::size_t kChainScanMax = 512;

}  // namespace

Threads::Threads(Environment environment, ThreadLimits limits, Accounts& accounts, Posts& posts)
    : environment_(std::move(environment)), limits_(limits), accounts_(accounts), posts_(posts) {}

Task<Result<Threads::Lineage>> Threads::lineage_of(PostPtr post, std::size_t ancestors_max) {
    Lineage lineage;
    lineage.eldest_author = post->author;
    PostId wanted = post->in_reply_to;
    std::size_t scan_rows = kChainScanMin;
    bool was_found = true;
    while (wanted && was_found && lineage.ids.size() < ancestors_max) {
        ports::Range range;
        range.table = tables::kThreads;
        range.partition = id_bytes(post->thread);
        range.until = id_bytes(wanted.value + 1);
        range.descending = true;
        range.limit = scan_rows;
        CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
        const std::size_t before = lineage.ids.size();
        for (const ports::Row& row : rows) {
            if (tables::parse_id_bytes(row.sort) != wanted.value) {
                continue;
            }
            CO_TRY(const ThreadEntry entry, decode_thread_entry(row.value));
            lineage.ids.push_back(wanted);
            lineage.eldest_author = entry.author;
            wanted = entry.parent;
        }
        const std::size_t hits = lineage.ids.size() - before;
        was_found = hits > 0;
        scan_rows = hits * 2 >= scan_rows ? std::min(scan_rows * 4, kChainScanMax) : kChainScanMin;
    }
    if (lineage.ids.size() > ancestors_max) {
        lineage.ids.resize(ancestors_max);
    }
    std::ranges::reverse(lineage.ids);
    co_return lineage;
}

Task<Result<std::vector<PostId>>>
Threads::replies_below(PostPtr post, AccountId thread_author, std::size_t depth_max) {
    ThreadTree tree(post->id, post->author, depth_max);
    // A reply's id is above its parent's: nothing before the post stands below it.
    PostId last = post->id;
    for (std::size_t read = 0; read < limits_.rows_read_max;) {
        ports::Range range;
        range.table = tables::kThreads;
        range.partition = id_bytes(post->thread);
        range.from = id_bytes(last.value + 1);
        range.limit = std::min(kScanRows, limits_.rows_read_max - read);
        const std::size_t asked = range.limit;
        CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
        for (const ports::Row& row : rows) {
            CO_TRY(const ThreadEntry entry, decode_thread_entry(row.value));
            last = PostId(tables::parse_id_bytes(row.sort));
            tree.add(last, entry);
        }
        if (rows.size() < asked) {
            break;
        }
        read += rows.size();
    }
    co_return tree.depth_first(thread_author);
}

Task<Result<std::vector<PostPtr>>>
Threads::visible(std::vector<PostId> ids, ViewerPtr viewer, std::size_t limit) {
    std::vector<PostPtr> out;
    const UnixMs now = environment_.clock.now_ms();
    for (std::size_t begin = 0; begin < ids.size() && out.size() < limit; begin += kChunk) {
        const std::size_t end = std::min(begin + kChunk, ids.size());
        std::vector<PostId> chunk(
            ids.begin() + static_cast<std::ptrdiff_t>(begin),
            ids.begin() + static_cast<std::ptrdiff_t>(end)
        );
        CO_TRY(const std::vector<PostPtr> posts, co_await posts_.find_many(std::move(chunk)));
        std::vector<AccountId> authors;
        authors.reserve(posts.size());
        for (const PostPtr& post : posts) {
            authors.push_back(post ? post->author : AccountId());
        }
        CO_TRY(
            const std::vector<AccountPtr> accounts, co_await accounts_.find_many(std::move(authors))
        );
        for (std::size_t i = 0; i < posts.size() && out.size() < limit; ++i) {
            if (posts[i] && accounts[i] && can_see(viewer.get(), *posts[i], *accounts[i]) &&
                wants_in_lists(viewer.get(), *posts[i], now)) {
                out.push_back(posts[i]);
            }
        }
    }
    co_return out;
}

Task<Result<ThreadContext>> Threads::context(PostPtr post, ViewerPtr viewer) {
    const bool is_signed_in = viewer != nullptr;
    const std::size_t ancestors_max =
        is_signed_in ? limits_.ancestors_max : limits_.anonymous_ancestors_max;
    const std::size_t descendants_max =
        is_signed_in ? limits_.descendants_max : limits_.anonymous_descendants_max;
    const std::size_t depth_max = is_signed_in ? limits_.depth_max : limits_.anonymous_depth_max;

    ThreadContext context;
    if (post->is_boost()) {
        co_return context;
    }
    CO_TRY(Lineage lineage, co_await lineage_of(post, ancestors_max));
    CO_TRY(
        std::vector<PostId> replies, co_await replies_below(post, lineage.eldest_author, depth_max)
    );
    CO_TRY(context.ancestors, co_await visible(std::move(lineage.ids), viewer, ancestors_max));
    CO_TRY(context.descendants, co_await visible(std::move(replies), viewer, descendants_max));
    co_return context;
}

Task<Result<void>> Threads::mute(AccountId actor, PostId thread) {
    return set_mute(actor, thread, true);
}

Task<Result<void>> Threads::unmute(AccountId actor, PostId thread) {
    return set_mute(actor, thread, false);
}

Task<Result<void>> Threads::set_mute(AccountId actor, PostId thread, bool is_muted) {
    const ports::Key row{tables::kThreadMutes, id_bytes(actor), id_bytes(thread)};
    CO_TRY(const auto found, co_await environment_.store.get(row));
    if (found.has_value() == is_muted) {
        co_return Result<void>();
    }
    ports::Batch batch;
    if (is_muted) {
        batch.put(row, "");
    } else {
        batch.erase(row);
    }
    SocialEvent event;
    event.type = is_muted ? EventType::kThreadMuted : EventType::kThreadUnmuted;
    event.actor = actor;
    event.post = thread;
    batch.emit(encode(event));
    CO_TRY([[maybe_unused]] const auto id, co_await environment_.store.commit(std::move(batch)));
    co_return Result<void>();
}

}  // namespace rookery::social
