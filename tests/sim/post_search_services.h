#pragma once

#include "base/blocking_pool.h"
#include "discover/libraries.h"
#include "feed/timelines.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/temporary_directory.h"
#include "social/event.h"
#include "social/follows.h"
#include "social/reactions.h"

#include <span>
#include <stdexcept>
#include <utility>

namespace rookery::sim {

/// What must not fail in a simulation.
template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result) {
        throw std::logic_error(result.error().message);
    }
}

/// What a search of posts stands on, over a store in memory, wired as the server wires it.
class PostSearchServices {
protected:
    PostSearchServices() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = *social::decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                cards_.on_committed(event);
                reactions_.on_committed(event);
                libraries_.on_committed(event);
            }
        });
    }

    kit::ManualClock clock_;
    kit::MemoryStore store_{clock_};
    IdGenerator ids_{clock_, 0, 1};
    BlockingPool pool_{1};
    social::Environment environment_{store_, clock_, ids_, pool_, "home.example"};
    social::Accounts accounts_{environment_, {}};
    social::Viewers viewers_{environment_};
    social::Follows follows_{environment_, accounts_};
    social::PostSequence sequence_{ids_};
    social::Posts posts_{environment_, {}, accounts_, viewers_, sequence_};
    social::Reactions reactions_{environment_, posts_};
    feed::Cards cards_{accounts_, posts_};
    feed::Timelines timelines_{environment_, cards_, sequence_};
    discover::Libraries libraries_{store_, 100'000, 4};
    kit::TemporaryDirectory directory_;
};

}  // namespace rookery::sim
