#include "discover/libraries.h"

#include "social/mark_events.h"
#include "social/tables.h"

#include <utility>

namespace rookery::discover {

namespace tables = social::tables;

Task<Result<LibraryPtr>> Libraries::find(AccountId account) {
    if (auto cached = cache_.find(account)) {
        co_return std::move(*cached);
    }
    const auto stamp = cache_.stamp(account);
    ports::Range newest;
    newest.table = tables::kMarks;
    newest.partition = tables::id_bytes(account);
    newest.limit = posts_max_;
    CO_TRY(const auto rows, co_await store_.scan(std::move(newest)));
    auto library = std::make_shared<Library>();
    library->reserve(rows.size());
    for (const ports::Row& row : rows) {
        library->push_back(tables::parse_newest_first(row.sort));
    }
    LibraryPtr made = std::move(library);
    cache_.insert(account, made, stamp);
    co_return made;
}

void Libraries::on_committed(const social::SocialEvent& event) {
    if (social::changes_marks(event)) {
        cache_.erase(event.actor);
    } else if (event.type == social::EventType::kPostsImported) {
        cache_.clear();
    }
}

}  // namespace rookery::discover
