#include "social/mark_events.h"

namespace rookery::social {

bool changes_marks(const SocialEvent& event) {
    switch (event.type) {
        case EventType::kFavourited:
        case EventType::kUnfavourited:
        case EventType::kBookmarked:
        case EventType::kUnbookmarked:
        case EventType::kPinned:
        case EventType::kUnpinned:
            return true;
        case EventType::kPostCreated:
        case EventType::kPostDeleted:
            return static_cast<bool>(event.subject);  // a boost
        default:
            return false;
    }
}

}  // namespace rookery::social
