#pragma once

#include "base/task.h"
#include "feed/cards.h"
#include "feed/id_stream.h"
#include "feed/item.h"
#include "social/viewers.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace rookery::feed {

/// Who reads, and which posts belong on the page.
struct PageRules {
    social::ViewerPtr viewer;  ///< null: signed out
    bool home = false;         ///< apply the rules of the home feed
    bool wanted = true;        ///< leave out whom the viewer blocks or mutes
    PostId horizon;            ///< nothing above it is shown
    UnixMs now_ms = 0;
    std::function<bool(const Card&)> accepts;  ///< null: all
};

/// From ids to the cards that the reader may see: the second and third step of every page
/// (skeleton, hydrate, filter, present). Thread-safe.
class Presenter {
public:
    explicit Presenter(Cards& cards) : cards_(cards) {}

    /// In the order of `ids`; what is gone or must not be shown drops out.
    [[nodiscard]] Task<Result<CardPage>> present(std::vector<std::uint64_t> ids, PageRules rules);
    /// The same with the posts whole. They are judged as they are handed out, not as they were when
    /// their cards were made.
    [[nodiscard]] Task<Result<Page>> present_whole(std::vector<std::uint64_t> ids, PageRules rules);

private:
    Cards& cards_;
};

}  // namespace rookery::feed
