// A multipart body, its boundary in the first line as a Content-Type has it.

#include "base/encoding.h"
#include "fuzz/fuzz_input.h"
#include "http/body_params.h"

#include <algorithm>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kParamsMax = 20;
    const std::string_view text = rookery::fuzz::as_text(data, size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    rookery::http::Request request;
    request.headers.emplace_back("content-type", std::string(text.substr(0, end)));
    request.body = text.substr(std::min(end + 1, text.size()));
    const std::size_t body_size = request.body.size();
    const auto read = rookery::http::read_params(request, {.params_max = kParamsMax});
    if (!read) {
        rookery::fuzz::require(!read.error().message.empty(), "an error has a text");
        return 0;
    }
    std::size_t bytes = 0;
    for (const auto& file : request.files) {
        rookery::fuzz::require(!file.field.empty(), "a file has a field");
        bytes += file.bytes.size();
    }
    rookery::fuzz::require(
        request.files.size() + request.params.all().size() <= kParamsMax, "the limit is kept to"
    );
    rookery::fuzz::require(bytes <= body_size, "nothing comes from nowhere");
    return 0;
}
