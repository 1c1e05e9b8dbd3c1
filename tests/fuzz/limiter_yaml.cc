// A file of limits: whatever it is, limits come out whose paths differ, or an error that names the
// file.

#include "api/limiter/configuration.h"
#include "fuzz/fuzz_input.h"

#include <set>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using rookery::api::limiter::Configuration;
    using rookery::api::limiter::ConfigurationFile;
    const ConfigurationFile file{"f.yaml", std::string(rookery::fuzz::as_text(data, size))};
    const auto read = Configuration::parse({&file, 1}, {.has_store = size % 2 == 0});
    if (!read) {
        rookery::fuzz::require(read.error().message.starts_with("f.yaml:"), "an error has a place");
        return 0;
    }
    std::set<std::string> paths;
    for (const auto& limit : read->limits()) {
        rookery::fuzz::require(paths.insert(limit.path).second, "no two limits have one path");
        rookery::fuzz::require(read->has_domain(limit.domain), "a limit is of a domain");
    }
    return 0;
}
