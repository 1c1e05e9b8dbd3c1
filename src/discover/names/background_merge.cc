#include "discover/names/background_merge.h"

#include <chrono>

namespace rookery::discover::names {

void BackgroundMerge::begin_if_due() {
    if (running_.valid()) {
        if (running_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            return;
        }
        static_cast<void>(running_.get());
    }
    if (index_.is_merge_due()) {
        running_ = std::async(std::launch::async, [this] { return index_.merge_some(); });
    }
}

}  // namespace rookery::discover::names
