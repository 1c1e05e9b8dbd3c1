#include "social/filters.h"

#include "social/event.h"
#include "social/row_change.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

ports::Key key_of(AccountId owner, RelationId id) {
    return {tables::kFilters, tables::id_bytes(owner), tables::id_bytes(id)};
}

void tell(ports::Batch& batch, AccountId owner) {
    SocialEvent event;
    event.type = EventType::kFiltersChanged;
    event.actor = owner;
    batch.emit(encode(event));
}

Error not_found() {
    return fail(ErrorCode::kNotFound, "Record not found");
}

}  // namespace

Result<void> Filters::complete(Filter& filter) const {
    if (filter.title.empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: Title can't be blank");
    }
    if (filter.contexts == 0) {
        return fail(
            ErrorCode::kInvalid, "Validation failed: Context can't be blank or holds what is none"
        );
    }
    if (filter.title.size() > limits_.text_bytes_max) {
        return fail(ErrorCode::kInvalid, "Validation failed: Title is too long");
    }
    if (filter.keywords.size() > limits_.keywords_max ||
        filter.posts.size() > limits_.keywords_max) {
        return fail(ErrorCode::kInvalid, "Validation failed: Keywords or statuses are too many");
    }
    for (FilterKeyword& keyword : filter.keywords) {
        if (keyword.keyword.empty()) {
            return fail(ErrorCode::kInvalid, "Validation failed: Keyword can't be blank");
        }
        if (keyword.keyword.size() > limits_.text_bytes_max) {
            return fail(ErrorCode::kInvalid, "Validation failed: Keyword is too long");
        }
        if (!keyword.id) {
            keyword.id = RelationId(environment_.ids.next());
        }
    }
    for (FilterPost& post : filter.posts) {
        if (!post.id) {
            post.id = RelationId(environment_.ids.next());
        }
    }
    return {};
}

Task<Result<std::vector<Filter>>> Filters::all(AccountId owner) const {
    ports::Range range{
        tables::kFilters, tables::id_bytes(owner), "", "", false, limits_.filters_max + 1
    };
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<Filter> filters;
    for (const ports::Row& row : rows) {
        CO_TRY(auto filter, decode_filter(row.value));
        filters.push_back(std::move(filter));
    }
    co_return filters;
}

Task<Result<Filter>> Filters::find(AccountId owner, RelationId id) const {
    CO_TRY(const auto row, co_await environment_.store.get(key_of(owner, id)));
    if (!row) {
        co_return not_found();
    }
    co_return decode_filter(*row);
}

Task<Result<Filter>> Filters::create(AccountId owner, Filter filter) const {
    CO_TRY(const auto present, co_await all(owner));
    if (present.size() >= limits_.filters_max) {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: there are too many filters already"
        );
    }
    CO_CHECK(complete(filter));
    filter.id = RelationId(environment_.ids.next());
    ports::Batch batch;
    batch.put(key_of(owner, filter.id), encode(filter));
    tell(batch, owner);
    auto committed = co_await environment_.store.commit(std::move(batch));
    if (!committed) {
        co_return std::move(committed).error();
    }
    co_return filter;
}

Task<Result<Filter>>
Filters::change(AccountId owner, RelationId id, std::function<Result<void>(Filter&)> edit) const {
    const ports::Key key = key_of(owner, id);
    std::vector<WatchedRow> watched{WatchedRow{.key = key}};
    Filter filter;
    CO_CHECK(co_await change_rows(
        &environment_.store,
        std::move(watched),
        [&](const FoundRows& found, ports::Batch& batch) -> Result<void> {
            if (!found[0]) {
                return not_found();
            }
            TRY(filter, decode_filter(*found[0]));
            if (auto edited = edit(filter); !edited) {
                return edited;
            }
            if (auto completed = complete(filter); !completed) {
                return completed;
            }
            batch.put(key, encode(filter));
            tell(batch, owner);
            return {};
        }
    ));
    co_return filter;
}

Task<Result<void>> Filters::remove(AccountId owner, RelationId id) const {
    const ports::Key key = key_of(owner, id);
    std::vector<WatchedRow> watched{WatchedRow{.key = key}};
    auto removed = co_await change_rows(
        &environment_.store,
        std::move(watched),
        [&](const FoundRows& found, ports::Batch& batch) -> Result<void> {
            if (!found[0]) {
                return not_found();
            }
            batch.erase(key);
            tell(batch, owner);
            return {};
        }
    );
    co_return removed;
}

Task<Result<Filter>> Filters::with_keyword(AccountId owner, RelationId keyword) const {
    CO_TRY(auto filters, co_await all(owner));
    for (Filter& filter : filters) {
        if (std::ranges::find(filter.keywords, keyword, &FilterKeyword::id) !=
            filter.keywords.end()) {
            co_return std::move(filter);
        }
    }
    co_return not_found();
}

Task<Result<Filter>> Filters::with_post(AccountId owner, RelationId entry) const {
    CO_TRY(auto filters, co_await all(owner));
    for (Filter& filter : filters) {
        if (std::ranges::find(filter.posts, entry, &FilterPost::id) != filter.posts.end()) {
            co_return std::move(filter);
        }
    }
    co_return not_found();
}

}  // namespace rookery::social
