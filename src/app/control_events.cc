#include "app/control.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/log.h"

#include <algorithm>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::size_t kLettersMax = 10'000;

Result<ports::EventId> event_of(const http::Params& params) {
    const auto event = parse_id_digits(params.get_or("event", ""));
    if (!event) {
        return fail(ErrorCode::kInvalid, "event must be the number of an event");
    }
    return *event;
}

events::Consumer* find_consumer(Core& core, const std::string& name) {
    for (events::Consumer* consumer : core.consumers()) {
        if (consumer->name() == name) {
            return consumer;
        }
    }
    return nullptr;
}

std::string consumer_names(Core& core) {
    std::string names;
    for (const events::Consumer* consumer : core.consumers()) {
        names += (names.empty() ? "" : ", ") + std::string(consumer->name());
    }
    return names;
}

Error no_consumer(Core& core, const std::string& name) {
    return fail(
        ErrorCode::kNotFound, "there is no consumer " + name + "; there are " + consumer_names(core)
    );
}

}  // namespace

Task<Result<std::string>> Control::dead_list(http::Params params) {
    const std::string wanted(params.get_or("consumer", ""));
    if (!wanted.empty() && find_consumer(core_, wanted) == nullptr) {
        co_return no_consumer(core_, wanted);
    }
    events::DeadLetters dead_letters(core_.store);
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    for (const events::Consumer* consumer : core_.consumers()) {
        std::string name(consumer->name());
        if (!wanted.empty() && name != wanted) {
            continue;
        }
        CO_TRY(const auto letters, co_await dead_letters.list(name, 0, kLettersMax));
        for (const events::DeadLetter& letter : letters) {
            json.begin_object()
                .field("consumer", name)
                .field("event", std::to_string(letter.event.id))
                .field("type", letter.event.event.type)
                .field("committed_at", iso8601_ms(letter.event.at_ms))
                .field("buried_at", iso8601_ms(letter.buried_at_ms))
                .field("tries", letter.tries)
                .field("error", letter.error)
                .end_object();
        }
    }
    json.end_array();
    co_return out;
}

Task<Result<std::string>> Control::dead_replay(http::Params params) {
    CO_TRY(const ports::EventId event, event_of(params));
    std::string name(params.get_or("consumer", ""));
    events::Consumer* consumer = find_consumer(core_, name);
    if (consumer == nullptr) {
        co_return no_consumer(core_, name);
    }
    if (runner_ != nullptr) {
        CO_CHECK(co_await runner_->replay(std::move(name), event));
    } else {
        events::DeadLetters dead_letters(core_.store);
        CO_CHECK(co_await dead_letters.replay(consumer, event));
    }
    log::info("dead letter replayed", {{"consumer", consumer->name()}, {"event", event}});
    co_return "{}";
}

Task<Result<std::string>> Control::dead_discard(http::Params params) {
    CO_TRY(const ports::EventId event, event_of(params));
    std::string name(params.get_or("consumer", ""));
    if (find_consumer(core_, name) == nullptr) {
        co_return no_consumer(core_, name);
    }
    events::DeadLetters dead_letters(core_.store);
    CO_CHECK(co_await dead_letters.discard(name, event));
    log::info("dead letter discarded", {{"consumer", name}, {"event", event}});
    co_return "{}";
}

Task<Result<std::string>> Control::events_drain(http::Params /*params*/) {
    if (runner_ == nullptr) {
        co_return fail(ErrorCode::kInvalid, "no server runs, so nobody handles events");
    }
    CO_CHECK(co_await runner_->drain());
    co_return "{}";
}

}  // namespace rookery::app
