#include "social/conversations.h"

#include "social/privacy.h"
#include "social/relation_page.h"
#include "social/row_change.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

using tables::id_bytes;
using tables::newest_first;

constexpr std::size_t kScanRows = 100;

ports::Key row_of(AccountId owner, PostId root) {
    return {tables::kConversations, id_bytes(owner), id_bytes(root)};
}

ports::Key order_row_of(AccountId owner, PostId last_post) {
    return {tables::kConversationOrder, id_bytes(owner), newest_first(last_post)};
}

void emit_change(ports::Batch& batch, AccountId owner, PostId root) {
    SocialEvent event;
    event.type = EventType::kConversationChanged;
    event.actor = owner;
    event.post = root;
    batch.emit(encode(event));
}

bool is_direct(const Post& post) {
    return !post.is_boost() && post.visibility == Visibility::kDirect;
}

void add_others(Conversation& conversation, AccountId owner, const Post& post) {
    std::vector<AccountId>& others = conversation.others;
    const auto add = [&](AccountId account) {
        const auto place = std::ranges::lower_bound(others, account);
        if (account != owner && (place == others.end() || *place != account)) {
            others.insert(place, account);
        }
    };
    add(post.author);
    for (const Mention& mention : post.mentions) {
        add(mention.account);
    }
}

Error no_conversation() {
    return fail(ErrorCode::kNotFound, "Record not found");
}

}  // namespace

Conversations::Conversations(Environment environment, Posts& posts, Viewers& viewers)
    : environment_(std::move(environment)), posts_(posts), viewers_(viewers) {}

Task<Result<ports::Batch>> Conversations::handle(std::vector<SocialEvent> events) {
    Changes changes;
    ports::Batch batch;
    for (const SocialEvent& event : events) {
        const bool is_boost = static_cast<bool>(event.subject);
        if (is_boost) {
            continue;
        }
        if (event.type == EventType::kPostCreated || event.type == EventType::kPostEdited) {
            CO_CHECK(co_await collect_post(&changes, event.post));
        } else if (event.type == EventType::kPostDeleted) {
            CO_CHECK(co_await collect_deletion(&changes, event.post, &batch));
        }
    }
    for (const auto& [place, posts] : changes.posts) {
        CO_CHECK(co_await apply(&batch, place, posts, changes.deleted));
    }
    co_return batch;
}

Task<Result<void>> Conversations::collect_post(Changes* changes, PostId id) {
    CO_TRY(const std::vector<PostPtr> found, co_await posts_.find_many({id}));
    const PostPtr& post = found.front();
    if (!post || !is_direct(*post)) {
        co_return Result<void>();
    }
    std::set<AccountId> owners{post->author};
    for (const Mention& mention : post->mentions) {
        owners.insert(mention.account);
    }
    for (const AccountId owner : owners) {
        CO_TRY(const ViewerPtr viewer, co_await viewers_.find(owner));
        if (wants_in_lists(viewer.get(), *post, environment_.clock.now_ms())) {
            changes->posts[{owner, post->thread}].push_back(post);
        }
    }
    co_return Result<void>();
}

Task<Result<void>>
Conversations::collect_deletion(Changes* changes, PostId id, ports::Batch* batch) {
    changes->deleted.insert(id);
    ports::Range range;
    range.table = tables::kConversationPosts;
    range.partition = id_bytes(id);
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    for (const ports::Row& row : rows) {
        const AccountId owner(tables::parse_id_bytes(row.sort));
        const PostId root(tables::parse_id_bytes(row.value));
        changes->posts.try_emplace({owner, root});
        batch->erase({tables::kConversationPosts, id_bytes(id), row.sort});
    }
    co_return Result<void>();
}

Task<Result<void>> Conversations::apply(
    ports::Batch* batch,
    Place place,
    std::vector<PostPtr> posts,
    std::set<PostId> deleted
) {
    const auto [owner, root] = place;
    const ports::Key row = row_of(owner, root);
    CO_TRY(const auto stored, co_await environment_.store.get(row));
    Conversation before;
    if (stored) {
        CO_TRY(before, decode_conversation(*stored));
    }
    Conversation after = before;
    after.root = root;
    for (const PostPtr& post : posts) {
        const ports::Key post_row{tables::kConversationPosts, id_bytes(post->id), id_bytes(owner)};
        CO_TRY(const auto seen_before, co_await environment_.store.get(post_row));
        if (seen_before && !stored) {
            continue;  // its owner has removed the conversation since
        }
        add_others(after, owner, *post);
        batch->put(post_row, id_bytes(root));
        if (post->id > after.last_post) {
            after.last_post = post->id;
            after.unread = post->author != owner;
        }
    }
    if (!stored && !after.last_post) {
        co_return Result<void>();
    }
    if (deleted.contains(after.last_post)) {
        CO_TRY(after.last_post, co_await newest_post(place));
    }
    if (after == before) {
        co_return Result<void>();
    }
    if (stored) {
        batch->expect_equals(row, *stored);
        batch->erase(order_row_of(owner, before.last_post));
    } else {
        batch->expect_absent(row);
    }
    if (after.last_post) {
        batch->put(row, encode(after));
        batch->put(order_row_of(owner, after.last_post), id_bytes(root));
    } else {
        batch->erase(row);
    }
    emit_change(*batch, owner, root);
    co_return Result<void>();
}

Task<Result<PostId>> Conversations::newest_post(Place place) {
    const auto [owner, root] = place;
    std::string until;
    while (true) {
        ports::Range range;
        range.table = tables::kThreads;
        range.partition = id_bytes(root);
        range.until = until;
        range.descending = true;
        range.limit = kScanRows;
        CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
        std::vector<PostId> ids;
        for (const ports::Row& row : rows) {
            ids.emplace_back(tables::parse_id_bytes(row.sort));
        }
        CO_TRY(const std::vector<PostPtr> posts, co_await posts_.find_many(std::move(ids)));
        for (const PostPtr& post : posts) {
            if (post && is_direct(*post) &&
                (post->author == owner || post->mentions_account(owner))) {
                co_return post->id;
            }
        }
        if (rows.size() < kScanRows) {
            co_return PostId();
        }
        until = rows.back().sort;
    }
}

Task<Result<std::vector<Conversation>>> Conversations::list(AccountId owner, PageRequest page) {
    CO_TRY(
        const auto order,
        co_await relation_page(
            &environment_.store, tables::kConversationOrder, id_bytes(owner), page
        )
    );
    std::vector<ports::Key> keys;
    for (const RelationRow& row : order) {
        keys.push_back(row_of(owner, PostId(row.other)));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<Conversation> conversations;
    for (const auto& row : rows) {
        if (row) {
            CO_TRY(Conversation conversation, decode_conversation(*row));
            conversations.push_back(std::move(conversation));
        }
    }
    co_return conversations;
}

Task<Result<Conversation>> Conversations::mark_read(AccountId owner, PostId root) {
    const auto result = std::make_shared<Conversation>();
    RowPlan plan =
        [owner, root, result](const FoundRows& found, ports::Batch& batch) -> Result<void> {
        if (!found[0]) {
            return no_conversation();
        }
        TRY(*result, decode_conversation(*found[0]));
        if (result->unread) {
            result->unread = false;
            batch.put(row_of(owner, root), encode(*result));
            emit_change(batch, owner, root);
        }
        return {};
    };
    std::vector<WatchedRow> watched{{.key = row_of(owner, root)}};
    CO_CHECK(co_await change_rows(&environment_.store, std::move(watched), std::move(plan)));
    co_return *result;
}

Task<Result<void>> Conversations::remove(AccountId owner, PostId root) {
    RowPlan plan = [owner, root](const FoundRows& found, ports::Batch& batch) -> Result<void> {
        if (!found[0]) {
            return no_conversation();
        }
        TRY(const Conversation conversation, decode_conversation(*found[0]));
        batch.erase(row_of(owner, root));
        batch.erase(order_row_of(owner, conversation.last_post));
        emit_change(batch, owner, root);
        return {};
    };
    std::vector<WatchedRow> watched{{.key = row_of(owner, root)}};
    co_return co_await change_rows(&environment_.store, std::move(watched), std::move(plan));
}

}  // namespace rookery::social
