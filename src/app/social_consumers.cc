#include "app/social_consumers.h"

#include "social/event.h"

#include <iterator>
#include <utility>
#include <vector>

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

Task<Result<ports::Batch>> ConversationsConsumer::handle(std::span<const ports::StoredEvent> events
) {
    std::vector<social::SocialEvent> decoded;
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(social::SocialEvent event, social::decode(stored.event));
        decoded.push_back(event);
    }
    co_return co_await conversations_.handle(std::move(decoded));
}

}  // namespace rookery::app
