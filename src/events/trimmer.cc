#include "events/trimmer.h"

namespace rookery::events {

Task<Result<void>> Trimmer::trim(ports::EventId handled) {
    constexpr std::size_t kPage = 1000;
    const UnixMs oldest_kept = clock_.now_ms() - retention_ms_;
    ports::EventId end = trimmed_;
    for (bool more = true; more;) {
        CO_TRY(const auto events, co_await store_.read_events(end, kPage));
        more = events.size() == kPage;
        for (const ports::StoredEvent& event : events) {
            if (event.id > handled || event.at_ms >= oldest_kept) {
                more = false;
                break;
            }
            end = event.id;
        }
    }
    if (end > trimmed_) {
        CO_CHECK(co_await store_.trim_events(end));
        trimmed_ = end;
    }
    co_return Result<void>{};
}

}  // namespace rookery::events
