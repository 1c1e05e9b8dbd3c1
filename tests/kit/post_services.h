#pragma once

#include "base/blocking_pool.h"
#include "feed/cards.h"
#include "feed/timelines.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "social/event.h"
#include "social/follows.h"
#include "social/reactions.h"

#include <functional>
#include <span>

namespace rookery::kit {

/// What looks at posts stands on, over a store in memory, wired as the server wires it.
struct PostServices {
    PostServices() {
        store_.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                const auto event = *social::decode(stored);
                accounts_.on_committed(event);
                viewers_.on_committed(event);
                posts_.on_committed(event);
                cards_.on_committed(event);
                reactions_.on_committed(event);
                if (listener_) {
                    listener_(event);
                }
            }
        });
    }
    PostServices(const PostServices&) = delete;
    PostServices& operator=(const PostServices&) = delete;

    ManualClock clock_;
    MemoryStore store_{clock_};
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
    std::function<void(const social::SocialEvent&)> listener_;  ///< hears last
};

}  // namespace rookery::kit
