#pragma once

#include "base/task.h"
#include "social/wake_up.h"

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace rookery::social {

/// Lets one coroutine at a time pass for each key; the others sleep, without holding a thread, in
/// the order in which they came. Thread-safe. To be destroyed after the last Turn.
class KeyedTurns {
public:
    /// The right to go on; its end lets the next one go.
    class Turn {
    public:
        Turn(KeyedTurns& turns, std::string key);
        Turn(Turn&& other) noexcept;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        KeyedTurns* turns_;
        std::string key_;
    };

    [[nodiscard]] Task<Turn> wait(std::string key);

private:
    /// True: it is the caller's turn. False: `wake_up`, if given, is kept until it is.
    [[nodiscard]] bool enter(const std::string& key, WakeUp* wake_up);
    void leave(const std::string& key);

    std::mutex mutex_;
    std::unordered_map<std::string, std::deque<WakeUp>> keys_;
};

}  // namespace rookery::social
