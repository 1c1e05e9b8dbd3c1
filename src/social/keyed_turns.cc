#include "social/keyed_turns.h"

#include <utility>

namespace rookery::social {

KeyedTurns::Turn::Turn(KeyedTurns& turns, std::string key) : turns_(&turns), key_(std::move(key)) {}

KeyedTurns::Turn::Turn(Turn&& other) noexcept
    : turns_(std::exchange(other.turns_, nullptr)), key_(std::move(other.key_)) {}

KeyedTurns::Turn::~Turn() {
    if (turns_ != nullptr) {
        turns_->leave(key_);
    }
}

Task<KeyedTurns::Turn> KeyedTurns::wait(std::string key) {
    if (!enter(key, nullptr)) {
        co_await sleep_until_woken([this, key](WakeUp wake_up) {
            if (enter(key, &wake_up)) {
                wake_up();
            }
        });
    }
    co_return Turn(*this, std::move(key));
}

bool KeyedTurns::enter(const std::string& key, WakeUp* wake_up) {
    const std::lock_guard lock(mutex_);
    const auto [place, is_free] = keys_.try_emplace(key);
    if (!is_free && wake_up != nullptr) {
        place->second.push_back(std::move(*wake_up));
    }
    return is_free;
}

void KeyedTurns::leave(const std::string& key) {
    WakeUp next;
    {
        const std::lock_guard lock(mutex_);
        const auto place = keys_.find(key);
        if (place->second.empty()) {
            keys_.erase(place);
            return;
        }
        next = std::move(place->second.front());
        place->second.pop_front();
    }
    next();
}

}  // namespace rookery::social
