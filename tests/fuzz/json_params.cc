// A JSON body: whatever it is, params come out or an error with a text.

#include "base/encoding.h"
#include "fuzz/fuzz_input.h"
#include "http/body_params.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kParamsMax = 50;
    rookery::http::Params params;
    const auto read =
        rookery::http::parse_json_params(rookery::fuzz::as_text(data, size), kParamsMax, params);
    if (!read) {
        rookery::fuzz::require(!read.error().message.empty(), "an error has a text");
        return 0;
    }
    rookery::fuzz::require(params.all().size() <= kParamsMax, "the limit is kept to");
    for (const auto& [name, value] : params.all()) {
        rookery::fuzz::require(name.size() < 1200, "a body costs no more than some times its size");
        rookery::fuzz::require(rookery::is_valid_utf8(name), "a name is UTF-8");
        rookery::fuzz::require(rookery::is_valid_utf8(value), "a value is UTF-8");
        rookery::fuzz::require(params.get(name).has_value(), "what is there is found");
    }
    return 0;
}
