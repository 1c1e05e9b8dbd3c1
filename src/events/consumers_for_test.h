#pragma once

#include "events/consumer.h"
#include "ports/store.h"

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rookery::events {

inline constexpr ports::Table kTallies{1};

/// Adds one to a row of each event's payload: a repetition that took effect twice would show.
class TallyConsumer final : public Consumer {
public:
    explicit TallyConsumer(std::string name = "tally") : name_(std::move(name)) {}

    [[nodiscard]] std::string_view name() const override { return name_; }

    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override {
        ++calls;
        ports::Batch batch;
        for (const ports::StoredEvent& event : events) {
            delivered.push_back(event.event.payload);
            if (throwing.contains(event.event.payload)) {
                throw std::runtime_error("a bug");
            }
            const auto poison = failing.find(event.event.payload);
            if (poison != failing.end()) {
                co_return fail(poison->second, "it is poison");
            }
            if (!silent) {
                batch.add({kTallies, event.event.payload, ""}, {1, 0, 0, 0});
            }
        }
        co_return batch;
    }

    std::map<std::string, ErrorCode> failing;
    std::set<std::string> throwing;
    bool silent = false;  ///< no rows follow from events
    int calls = 0;
    std::vector<std::string> delivered;

private:
    std::string name_;
};

}  // namespace rookery::events
