#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace rookery::app {

Result<void> read_config_file(const std::string& path, Config& config) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
        return fail(ErrorCode::kInvalid, "cannot read the configuration file " + path);
    }
    if (auto read = read_options(text, path, options_of(config)); !read) {
        return read;
    }
    for (const api::mastodon::RatePolicy& policy : rate_policies(config.rate_limits)) {
        const limits::Rule& rule = policy.rule;
        if (rule.reach != limits::Reach::kLocal && !config.rate_limits.has_store()) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format(
                    "{}: rate_limits.rule.reach of \"{}\" is {}, and rate_limits.store is empty",
                    path,
                    rule.name,
                    name_of(rule.reach)
                )
            );
        }
    }
    return {};
}

std::vector<api::mastodon::RatePolicy> rate_policies(const RateLimitsConfig& config) {
    if (!config.enabled) {
        return {};
    }
    return config.rules.policies(config.has_store());
}

void settle(Config& config) {
    config.store.sync =
        config.process.sync == "always" ? store::SyncMode::kAlways : store::SyncMode::kInterval;
    config.api.listens_on_loopback =
        config.http.address.starts_with("127.") || config.http.address == "::1";
    while (config.api.base_url.ends_with('/')) {
        config.api.base_url.pop_back();
    }
    config.api.post_characters_max = config.posts.characters_max;
    config.api.note_characters_max = config.accounts.note_characters_max;
    config.api.display_name_characters_max = config.accounts.display_name_characters_max;
    config.api.fields_max = config.accounts.fields_max;
    config.api.field_characters_max = config.accounts.field_characters_max;
    config.search.people.query_bytes_max = config.search.posts.query.bytes_max;
    config.api.rate_policies = rate_policies(config.rate_limits);
}

std::string configuration_document() {
    Config defaults;
    defaults.api.base_url.clear();
    const auto options = options_of(defaults);
    return fmt::format(
        R"(# Configuration

Written by `rookery config print --markdown` from the one table in the code that also reads the
file; a test checks that it is current.

A configuration file is TOML and is given with `rookery serve --config FILE`. Every key may be left
out. An unknown key, a value of the wrong type or out of its range is an error that names file, line
and key, and the server does not start. `rookery config print` writes a complete file to begin with.
Sizes are in bytes (`_bytes`), times in milliseconds (`_ms`) unless the name says otherwise.

What the command line decides: `--data` (where everything is kept), `--listen` (the address),
`--url` (over `instance.url`), `--web` (the folder of the web app), `--no-limits` (over
`rate_limits.enabled`).

Rate limits change without a restart, and without a reset of what was used: `rookery reload` has the
running server read its file again, and says what has changed beside them and waits for a restart.
{})",
        print_options_markdown(options)
    );
}

}  // namespace rookery::app
