#pragma once

#include "discover/libraries.h"
#include "kit/must.h"
#include "kit/post_services.h"
#include "kit/temporary_directory.h"

namespace rookery::sim {

using kit::must;

/// What a search of posts stands on.
class PostSearchServices : protected kit::PostServices {
protected:
    PostSearchServices() {
        listener_ = [this](const social::SocialEvent& event) { libraries_.on_committed(event); };
    }

    discover::Libraries libraries_{store_, 100'000, 4};
    kit::TemporaryDirectory directory_;
};

}  // namespace rookery::sim
