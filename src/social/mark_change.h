#pragma once

#include "ports/store.h"
#include "social/event.h"
#include "social/post_rows.h"
#include "social/reactions.h"
#include "social/row_change.h"

#include <optional>
#include <vector>

namespace rookery::social {

/// What distinguishes one kind of mark from another.
struct MarkKind {
    RelationId Marks::* member;
    ports::Table list;
    std::optional<ports::Table> list_of_post;  ///< who made it, under the post
    EventType made;
    EventType unmade;
    bool is_counted;
};

extern const MarkKind kFavourite;
extern const MarkKind kBookmark;
extern const MarkKind kPin;

/// A mark that is made or unmade.
struct MarkChange {
    const MarkKind* kind = nullptr;
    AccountId actor;
    PostId post;
    AccountId author;
};

/// What plan_mark and plan_unmark look at: the pair's marks, and whether the post is there.
[[nodiscard]] std::vector<WatchedRow> watch(const MarkChange& change);

/// True if the mark was not there before; kNotFound if the post is gone.
[[nodiscard]] Result<bool> plan_mark(
    const FoundRows& found,
    ports::Batch& batch,
    const MarkChange& change,
    RelationId fresh_id
);
/// Also takes a mark off a post that is gone.
[[nodiscard]] Result<void>
plan_unmark(const FoundRows& found, ports::Batch& batch, const MarkChange& change);

}  // namespace rookery::social
