#pragma once

#include "api/mastodon/api_config.h"
#include "base/log.h"
#include "base/result.h"
#include "events/runner.h"
#include "feed/home_feed.h"
#include "http/server.h"
#include "social/accounts.h"
#include "social/posts.h"
#include "social/threads.h"
#include "store/rocks_store.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery::app {

/// Everything an operator decides, as the rooms want it. The defaults are the rooms' own.
struct Config {
    http::ServerConfig http;
    store::RocksStoreConfig store;
    events::RunnerConfig events;
    social::AccountLimits accounts;
    social::PostLimits posts;
    social::ThreadLimits threads;
    feed::HomeFeedConfig feed;
    api::mastodon::ApiConfig api;
};

/// One key of the configuration file: where its value goes, what it may be, what it is for and what
/// more of it costs. The table of them (config_options.cc) is the only place that names keys: the
/// file is read, printed and documented from it.
struct Option {
    using Target = std::variant<
        bool*,
        int*,
        std::uint16_t*,
        std::uint32_t*,
        std::uint64_t*,
        double*,
        std::string*,
        std::vector<std::string>*>;

    std::string_view section;
    std::string_view name;
    Target target;
    std::string_view text;   ///< what it is, one line
    std::string_view price;  ///< what a larger value, or the other value, costs; may be empty
    double least = 0;        ///< numbers only
    double most = 0;
    std::vector<std::string_view> choices;  ///< strings only; empty: any

    [[nodiscard]] std::string key() const { return std::string(section) + "." + std::string(name); }
};

/// The table, bound to the members of `config`, which must outlive it.
[[nodiscard]] std::vector<Option> options_of(Config& config);

/// Reads a TOML file over `config`. kInvalid names file, line and key, for text that does not
/// parse, for an unknown key, a value of the wrong type and one out of range.
[[nodiscard]] Result<void> read_config_file(const std::string& path, Config& config);
[[nodiscard]] Result<void>
read_config_text(std::string_view toml, const std::string& path, Config& config);

/// A complete configuration file with `config`'s values; every key with its meaning and its price.
[[nodiscard]] std::string print_config_toml(Config& config);
/// docs/configuration.md.
[[nodiscard]] std::string print_config_markdown();

}  // namespace rookery::app
