#include "api/mastodon/viewer_tail.h"

namespace rookery::api::mastodon {

ViewerTail ViewerTail::of(
    const social::Viewer& viewer,
    const social::Marks& marks,
    PostId thread,
    AccountId author
) {
    std::uint8_t bits = 0;
    bits |= marks.favourite ? kFavourited : 0;
    bits |= marks.boost ? kReblogged : 0;
    bits |= viewer.mutes_thread(thread) ? kMuted : 0;
    bits |= marks.bookmark ? kBookmarked : 0;
    if (author == viewer.id) {
        bits |= kOwn;
        bits |= marks.pin ? kPinned : 0;
    }
    return ViewerTail(bits);
}

ViewerTails::ViewerTails() {
    const auto truth = [](std::size_t bits, ViewerTail::Bit bit) {
        return (bits & bit) != 0 ? "true" : "false";
    };
    for (std::size_t bits = 0; bits < ViewerTail::kNobody; ++bits) {
        std::string& text = texts_[bits];
        text += R"(,"favourited":)";
        text += truth(bits, ViewerTail::kFavourited);
        text += R"(,"reblogged":)";
        text += truth(bits, ViewerTail::kReblogged);
        text += R"(,"muted":)";
        text += truth(bits, ViewerTail::kMuted);
        text += R"(,"bookmarked":)";
        text += truth(bits, ViewerTail::kBookmarked);
        if ((bits & ViewerTail::kOwn) != 0) {
            text += R"(,"pinned":)";
            text += truth(bits, ViewerTail::kPinned);
        }
        text += R"(,"filtered":[])";
    }
}

}  // namespace rookery::api::mastodon
