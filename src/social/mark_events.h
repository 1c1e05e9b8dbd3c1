#pragma once

#include "social/event.h"

namespace rookery::social {

/// Did the event change what its actor marked (favourites, boosts, bookmarks, pins)?
[[nodiscard]] bool changes_marks(const SocialEvent& event);

}  // namespace rookery::social
