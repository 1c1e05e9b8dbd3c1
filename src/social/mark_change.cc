#include "social/mark_change.h"

#include "social/tables.h"

#include <utility>

namespace rookery::social {

using ports::Batch;
using tables::id_bytes;
using tables::newest_first;

const MarkKind kFavourite{
    &Marks::favourite,
    tables::kFavourites,
    tables::kFavouritedBy,
    EventType::kFavourited,
    EventType::kUnfavourited,
    true,
};
const MarkKind kBookmark{
    &Marks::bookmark,
    tables::kBookmarks,
    tables::kBookmarkedBy,
    EventType::kBookmarked,
    EventType::kUnbookmarked,
    false,
};
const MarkKind kPin{
    &Marks::pin,
    tables::kPins,
    std::nullopt,
    EventType::kPinned,
    EventType::kUnpinned,
    false,
};

namespace {

constexpr ports::Counters kOneFavourite = {0, 0, 1, 0};
constexpr ports::Counters kOneFavouriteLess = {0, 0, -1, 0};

ports::Key marks_key(const MarkChange& change) {
    return {tables::kMarks, id_bytes(change.actor), newest_first(change.post)};
}

Result<Marks> marks_in(const std::optional<std::string>& row) {
    return row ? decode_marks(*row) : Result<Marks>(Marks{});
}

void put_marks(Batch& batch, const MarkChange& change, const Marks& marks) {
    if (marks.any()) {
        batch.put(marks_key(change), encode(marks));
    } else {
        batch.erase(marks_key(change));
    }
}

void emit(Batch& batch, EventType type, const MarkChange& change, RelationId id) {
    batch.emit(encode(SocialEvent{
        .type = type,
        .actor = change.actor,
        .target = change.author,
        .post = change.post,
        .ref = id.value,
    }));
}

}  // namespace

std::vector<WatchedRow> watch(const MarkChange& change) {
    return {{.key = marks_key(change)}, {.key = post_key(change.post), .presence_only = true}};
}

Result<bool>
plan_mark(const FoundRows& found, Batch& batch, const MarkChange& change, RelationId fresh_id) {
    const MarkKind& kind = *change.kind;
    if (!found[1]) {
        return fail(ErrorCode::kNotFound, "Record not found");
    }
    TRY(Marks marks, marks_in(found[0]));
    if (marks.*kind.member) {
        return false;
    }
    marks.*kind.member = fresh_id;
    put_marks(batch, change, marks);
    batch.put({kind.list, id_bytes(change.actor), newest_first(fresh_id)}, id_bytes(change.post));
    if (kind.list_of_post) {
        batch.put(
            {*kind.list_of_post, id_bytes(change.post), newest_first(fresh_id)},
            id_bytes(change.actor)
        );
    }
    if (kind.is_counted) {
        batch.add({tables::kPostCounters, id_bytes(change.post), {}}, kOneFavourite);
    }
    emit(batch, kind.made, change, fresh_id);
    return true;
}

Result<void> plan_unmark(const FoundRows& found, Batch& batch, const MarkChange& change) {
    const MarkKind& kind = *change.kind;
    TRY(Marks marks, marks_in(found[0]));
    const RelationId id = std::exchange(marks.*kind.member, RelationId());
    if (!id) {
        return {};
    }
    put_marks(batch, change, marks);
    batch.erase({kind.list, id_bytes(change.actor), newest_first(id)});
    if (kind.list_of_post) {
        batch.erase({*kind.list_of_post, id_bytes(change.post), newest_first(id)});
    }
    if (kind.is_counted && found[1]) {
        batch.add({tables::kPostCounters, id_bytes(change.post), {}}, kOneFavouriteLess);
    }
    emit(batch, kind.unmade, change, id);
    return {};
}

}  // namespace rookery::social
