#pragma once

#include "ports/store.h"

#include <functional>
#include <span>
#include <vector>

namespace rookery::events {

/// The store's one commit listener, dealt to several: those who keep memory true to the store, in
/// the order in which they were added, and then the nudge for whoever reads the outbox. Everything
/// is added before install(); afterwards it is called on the store's threads, one commit at a time.
/// Must outlive the store's last commit.
class CommitDispatcher {
public:
    /// Like ports::CommitListener it must be quick, must not block and must not call the store.
    using Listener = std::function<void(const ports::StoredEvent&)>;

    void add_listener(Listener listener) { listeners_.push_back(std::move(listener)); }
    /// Called once for each group of events, after all listeners.
    void add_nudge(std::function<void()> nudge) { nudges_.push_back(std::move(nudge)); }

    /// Becomes the listener of `store`.
    void install(ports::Store& store) {
        store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            dispatch(events);
        });
    }

    void dispatch(std::span<const ports::StoredEvent> events) const {
        for (const ports::StoredEvent& event : events) {
            for (const Listener& listener : listeners_) {
                listener(event);
            }
        }
        for (const auto& nudge : nudges_) {
            nudge();
        }
    }

private:
    std::vector<Listener> listeners_;
    std::vector<std::function<void()>> nudges_;
};

}  // namespace rookery::events
