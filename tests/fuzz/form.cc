// A form or a query: what comes out, written again, is read the same.

#include "base/encoding.h"
#include "fuzz/fuzz_input.h"
#include "http/body_params.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = rookery::fuzz::as_text(data, size);
    rookery::http::Params params;
    rookery::http::parse_form(text, params);
    std::string again;
    for (const auto& [name, value] : params.all()) {
        again += again.empty() ? "" : "&";
        again += rookery::percent_encode(name) + "=" + rookery::percent_encode(value);
        rookery::fuzz::require(params.get(name).has_value(), "what is there is found");
        rookery::fuzz::require(!params.list(name).empty(), "and listed");
        static_cast<void>(params.get_bool(name));
        static_cast<void>(params.get_number(name));
    }
    rookery::http::Params reread;
    rookery::http::parse_form(again, reread);
    rookery::fuzz::require(reread.all() == params.all(), "a form survives being written again");

    rookery::http::Request request;
    request.query = text;
    if (rookery::http::read_params(request, {.params_max = 20})) {
        rookery::fuzz::require(request.params.all().size() <= 20, "the limit is kept to");
    }
    return 0;
}
