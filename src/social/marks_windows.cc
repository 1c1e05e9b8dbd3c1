#include "social/marks_windows.h"

#include "social/mark_events.h"
#include "social/tables.h"

#include <algorithm>

namespace rookery::social {

namespace {

constexpr std::size_t kWindowRows = 500;

}  // namespace

MarksWindows::MarksWindows(Environment environment, std::size_t windows_max)
    : environment_(environment), windows_(windows_max) {}

Marks MarksWindows::Window::of(PostId post) const {
    using Entry = std::pair<PostId, Marks>;
    const auto found = std::ranges::lower_bound(marks, post, {}, &Entry::first);
    return found != marks.end() && found->first == post ? found->second : Marks{};
}

Task<Result<std::vector<Marks>>> MarksWindows::marks(AccountId viewer, std::vector<PostId> posts) {
    WindowPtr window = windows_.find(viewer).value_or(nullptr);
    if (!window) {
        CO_TRY(window, co_await read(viewer));
    }
    std::vector<Marks> out(posts.size());
    std::vector<std::size_t> below;
    std::vector<ports::Key> keys;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (posts[i] >= window->floor) {
            out[i] = window->of(posts[i]);
        } else {
            below.push_back(i);
            keys.push_back(
                {tables::kMarks, tables::id_bytes(viewer), tables::newest_first(posts[i])}
            );
        }
    }
    if (keys.empty()) {
        co_return out;
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < below.size(); ++i) {
        if (rows[i]) {
            CO_TRY(out[below[i]], decode_marks(*rows[i]));
        }
    }
    co_return out;
}

Task<Result<MarksWindows::WindowPtr>> MarksWindows::read(AccountId viewer) {
    const auto stamp = windows_.stamp(viewer);
    CO_TRY(WindowPtr window, co_await load(viewer));
    windows_.insert(viewer, window, stamp);
    co_return window;
}

Task<Result<MarksWindows::WindowPtr>> MarksWindows::load(AccountId viewer) {
    ports::Range range{.table = tables::kMarks, .partition = tables::id_bytes(viewer)};
    range.limit = kWindowRows;
    CO_TRY(const auto rows, co_await environment_.store.scan(range));
    auto window = std::make_shared<Window>();
    window->marks.reserve(rows.size());
    for (const ports::Row& row : rows) {
        CO_TRY(const Marks marks, decode_marks(row.value));
        window->marks.emplace_back(PostId(tables::parse_newest_first(row.sort)), marks);
    }
    std::ranges::reverse(window->marks);
    if (rows.size() == kWindowRows) {
        window->floor = window->marks.front().first;
    }
    co_return WindowPtr(std::move(window));
}

void MarksWindows::on_committed(const SocialEvent& event) {
    if (changes_marks(event)) {
        windows_.erase(event.actor);
    }
}

}  // namespace rookery::social
