#include "app/post_cleanup_consumer.h"

#include "social/event.h"

#include <iterator>
#include <utility>

namespace rookery::app {

namespace {

template <class Items>
void move_to(Items& from, Items& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Task<Result<ports::Batch>> PostCleanupConsumer::handle(std::span<const ports::StoredEvent> events) {
    ports::Batch all;
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(const social::SocialEvent event, social::decode(stored.event));
        CO_TRY(ports::Batch last, co_await cleanup_.clean(event));
        move_to(last.operations, all.operations);
        move_to(last.expectations, all.expectations);
        move_to(last.events, all.events);
    }
    co_return all;
}

}  // namespace rookery::app
