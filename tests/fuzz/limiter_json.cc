// The bodies that the limiter takes: whatever they are, requests come out or an error with a text.

#include "api/limiter/json_request.h"
#include "api/limiter/rls_messages.h"
#include "fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rookery::api;  // NOLINT(google-build-using-namespace)
    const std::string_view text = rookery::fuzz::as_text(data, size);
    const auto body = limiter::JsonRequest::parse(text);
    if (body) {
        const auto& requests = (*body)->requests();
        rookery::fuzz::require((*body)->is_batch() || requests.size() == 1, "one is one");
        for (const auto& request : requests) {
            for (const auto& descriptor : request.descriptors) {
                std::string key;
                limiter::append_entries(descriptor.entries, key);
                rookery::fuzz::require(
                    key.empty() == descriptor.entries.empty(), "entries make a key"
                );
            }
        }
    } else {
        rookery::fuzz::require(!body.error().message.empty(), "an error has a text");
    }
    const auto message = limiter::message_from_json(text);
    if (message) {
        static_cast<void>(limiter::from_message(*message));
    } else {
        rookery::fuzz::require(!message.error().message.empty(), "an error has a text");
    }
    return 0;
}
