// What the store and the runner of consumers read back: keys, events, counters, dead letters. The
// first byte says how much of the rest is a key.

#include "events/dead_letters.h"
#include "fuzz/fuzz_input.h"
#include "ports/store.h"
#include "store/key_codec.h"
#include "store/outbox_codec.h"

#include <algorithm>
#include <string>

using rookery::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view rest = rookery::fuzz::as_text(data + 1, size - 1);
    const std::string_view key = rest.substr(0, std::min<std::size_t>(data[0], rest.size()));
    const std::string_view value = rest.substr(key.size());

    if (const auto decoded = rookery::store::decode_key(key)) {
        require(rookery::store::encode_key(*decoded) == key, "a key has one form");
    }
    if (const auto event = rookery::store::decode_event(key, value)) {
        const std::string again = rookery::store::encode_event(event->at_ms, event->event);
        const auto twice = rookery::store::decode_event(key, again);
        require(twice && *twice == *event, "an event is what was written");
        require(again.size() <= value.size(), "nothing comes from nowhere");
    }
    if (const auto counters = rookery::ports::decode_counters(value)) {
        require(rookery::ports::encode_counters(*counters) == value, "counters have one form");
    }
    if (const auto letter = rookery::events::decode_dead_letter(key, value)) {
        const auto twice =
            rookery::events::decode_dead_letter(key, rookery::events::encode(*letter));
        require(twice && *twice == *letter, "a dead letter is what was written");
    }
    return 0;
}
