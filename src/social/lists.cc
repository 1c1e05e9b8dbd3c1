#include "social/lists.h"

#include "base/encoding.h"
#include "social/tables.h"

#include <algorithm>

namespace rookery::social {

namespace {

Error invalid(const char* message) {
    return fail(ErrorCode::kInvalid, message);
}

ports::Key list_key(AccountId owner, ListId id) {
    return {tables::kLists, tables::id_bytes(owner), tables::id_bytes(id)};
}

ports::Key member_key(ListId id, AccountId member) {
    return {tables::kListMembers, tables::id_bytes(id), tables::id_bytes(member)};
}

ports::Event changed(AccountId owner, ListId id) {
    SocialEvent event;
    event.type = EventType::kListChanged;
    event.actor = owner;
    event.ref = id.value;
    return encode(event);
}

}  // namespace

Result<void> Lists::check_title(const ListChanges& changes) const {
    if (changes.title && trim_ascii(*changes.title).empty()) {
        return invalid("Validation failed: Title can't be blank");
    }
    if (changes.title && changes.title->size() > limits_.title_bytes_max) {
        return invalid("Validation failed: Title is too long");
    }
    return {};
}

Task<Result<std::vector<List>>> Lists::all(AccountId owner) {
    ports::Range range;
    range.table = tables::kLists;
    range.partition = tables::id_bytes(owner);
    range.limit = limits_.lists_max;
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<List> lists;
    for (const ports::Row& row : rows) {
        CO_TRY(auto list, decode_list(ListId(tables::parse_id_bytes(row.sort)), row.value));
        lists.push_back(std::move(list));
    }
    co_return lists;
}

Task<Result<List>> Lists::find(AccountId owner, ListId id) {
    CO_TRY(const auto bytes, co_await environment_.store.get(list_key(owner, id)));
    if (!bytes) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return decode_list(id, *bytes);
}

Task<Result<List>> Lists::create(AccountId owner, ListChanges list) {
    if (!list.title) {
        co_return invalid("Validation failed: Title can't be blank");
    }
    CO_CHECK(check_title(list));
    CO_TRY(const auto present, co_await all(owner));
    if (present.size() >= limits_.lists_max) {
        co_return invalid("Validation failed: You have reached the maximum number of lists");
    }
    List made;
    made.id = ListId(environment_.ids.next());
    made.title = *list.title;
    made.replies = list.replies.value_or(RepliesPolicy::kList);
    made.exclusive = list.exclusive.value_or(false);
    ports::Batch batch;
    batch.put(list_key(owner, made.id), encode(made));
    batch.emit(changed(owner, made.id));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return made;
}

Task<Result<List>> Lists::update(AccountId owner, ListId id, ListChanges changes) {
    CO_CHECK(check_title(changes));
    CO_TRY(auto list, co_await find(owner, id));
    ports::Batch batch;
    batch.expect_equals(list_key(owner, id), encode(list));
    list.title = changes.title.value_or(list.title);
    list.replies = changes.replies.value_or(list.replies);
    list.exclusive = changes.exclusive.value_or(list.exclusive);
    batch.put(list_key(owner, id), encode(list));
    batch.emit(changed(owner, id));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return list;
}

Task<Result<void>> Lists::remove(AccountId owner, ListId id) {
    CO_TRY(const auto list, co_await find(owner, id));
    CO_TRY(const auto rows, co_await member_rows(id));
    ports::Batch batch;
    batch.erase(list_key(owner, id));
    for (const ports::Row& row : rows) {
        batch.erase(member_key(id, AccountId(tables::parse_id_bytes(row.sort))));
    }
    batch.emit(changed(owner, id));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return Result<void>{};
}

Task<Result<std::vector<ports::Row>>> Lists::member_rows(ListId id) {
    ports::Range range;
    range.table = tables::kListMembers;
    range.partition = tables::id_bytes(id);
    range.limit = limits_.members_max;
    co_return co_await environment_.store.scan(std::move(range));
}

Task<Result<std::vector<AccountId>>> Lists::members(AccountId owner, ListId id) {
    CO_TRY(const auto list, co_await feed(owner, id));
    co_return list->members;
}

Task<Result<ListFeedPtr>> Lists::feed(AccountId owner, ListId id) {
    CO_TRY(const auto list, co_await find(owner, id));
    CO_TRY(const auto viewer, co_await viewers_.find(owner));
    CO_TRY(const auto rows, co_await member_rows(id));
    auto feed = std::make_shared<ListFeed>();
    feed->replies = list.replies;
    for (const ports::Row& row : rows) {
        const AccountId member(tables::parse_id_bytes(row.sort));
        if (is_member(*viewer, member, row.value)) {
            feed->members.push_back(member);
        }
    }
    co_return ListFeedPtr(std::move(feed));
}

Task<Result<void>> Lists::add_members(AccountId owner, ListId id, std::vector<AccountId> accounts) {
    constexpr int kAttemptsMax = 8;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        auto done = co_await try_add(owner, id, accounts);
        if (done || done.error().code != ErrorCode::kConflict) {
            co_return done;
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>> Lists::try_add(AccountId owner, ListId id, std::vector<AccountId> accounts) {
    CO_TRY(const auto list, co_await find(owner, id));
    CO_TRY(const auto viewer, co_await viewers_.find(owner));
    CO_TRY(const auto rows, co_await member_rows(id));
    ports::Batch batch;
    batch.expect_equals(list_key(owner, id), encode(list));
    std::vector<AccountId> present;
    for (const ports::Row& row : rows) {
        const AccountId member(tables::parse_id_bytes(row.sort));
        if (is_member(*viewer, member, row.value)) {
            present.push_back(member);
        } else {  // its follow has ended
            batch.expect_equals(member_key(id, member), row.value);
            batch.erase(member_key(id, member));
        }
    }
    for (const AccountId account : accounts) {
        const FollowEdge* follow = viewer->follow_of(account);
        if (follow == nullptr && account != owner) {
            co_return fail(ErrorCode::kNotFound, "Record not found");
        }
        if (std::ranges::binary_search(present, account)) {
            co_return invalid("Validation failed: Account has already been taken");
        }
        batch.put(member_key(id, account), follow == nullptr ? "" : tables::id_bytes(follow->id));
    }
    if (present.size() + accounts.size() > limits_.members_max) {
        co_return invalid("Validation failed: The list is full");
    }
    batch.emit(changed(owner, id));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return Result<void>{};
}

Task<Result<void>>
Lists::remove_members(AccountId owner, ListId id, std::vector<AccountId> accounts) {
    CO_TRY(const auto list, co_await find(owner, id));
    ports::Batch batch;
    for (const AccountId account : accounts) {
        batch.erase(member_key(id, account));
    }
    batch.emit(changed(owner, id));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return Result<void>{};
}

Task<Result<std::vector<List>>> Lists::containing(AccountId owner, AccountId member) {
    CO_TRY(auto lists, co_await all(owner));
    CO_TRY(const auto viewer, co_await viewers_.find(owner));
    std::vector<ports::Key> keys;
    for (const List& list : lists) {
        keys.push_back(member_key(list.id, member));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<List> out;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (rows[i] && is_member(*viewer, member, *rows[i])) {
            out.push_back(std::move(lists[i]));
        }
    }
    co_return out;
}

}  // namespace rookery::social
