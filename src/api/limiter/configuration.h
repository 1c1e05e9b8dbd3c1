#pragma once

#include "api/limiter/limit_request.h"
#include "base/result.h"
#include "limits/rule.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::limiter {

/// What a descriptor of the configuration says of those that match it.
struct RateLimit {
    enum class Kind : std::uint8_t {
        kCounted,    ///< by `rule`
        kUnlimited,  ///< `unlimited: true`
        kClosed,     ///< `requests_per_unit: 0`: nothing may pass
    };

    std::size_t index = 0;  ///< among Configuration::limits()
    std::string domain;
    /// Domain, keys and values, as append_entries() writes them: no other limit has the same.
    std::string path;
    std::string name;                   ///< given by the file; may be empty, or not the only one
    std::vector<std::string> replaces;  ///< names of limits that do not count beside this one
    Kind kind = Kind::kCounted;
    std::uint32_t requests_per_unit = 0;
    Unit unit = Unit::kUnknown;  ///< kUnknown if the period is no unit
    bool shadow = false;         ///< decided and counted, and never refuses
    bool detailed_metric = false;
    /// All that match a wildcard are counted together.
    bool share_threshold = false;
    limits::Rule rule;  ///< of kCounted; its name is `path`
};

/// A file of the configuration.
struct ConfigurationFile {
    std::string name;  ///< as errors call it
    std::string text;
};

struct ConfigurationOptions {
    bool has_store = false;   ///< limits are shared if they do not say otherwise; without, none is
    bool all_shadow = false;  ///< nothing ever refuses
};

/// The rate limits of Envoy's configuration files, with our additions: domains, each a tree of
/// descriptors. Immutable, hence thread-safe.
class Configuration {
public:
    /// kInvalid names file and line.
    [[nodiscard]] static Result<Configuration>
    parse(std::span<const ConfigurationFile> files, ConfigurationOptions options);

    Configuration();
    ~Configuration();
    Configuration(Configuration&&) noexcept;
    Configuration& operator=(Configuration&&) noexcept;

    [[nodiscard]] const std::vector<RateLimit>& limits() const { return limits_; }
    [[nodiscard]] std::size_t domain_count() const { return domains_.size(); }
    [[nodiscard]] bool has_domain(std::string_view domain) const;

    struct Match {
        const RateLimit* limit = nullptr;
        bool by_wildcard = false;  ///< the last entry
    };
    /// The limit of a descriptor, or none: at each level the branch of key and value, else the
    /// first wildcard of the file that fits, else the one of the key alone; a limit must stand as
    /// deep as the descriptor has entries.
    [[nodiscard]] Match match(std::string_view domain, std::span<const Entry> entries) const;

private:
    friend class ConfigurationReader;
    struct Node;
    struct Branches;

    std::map<std::string, std::unique_ptr<Node>, std::less<>> domains_;
    std::vector<RateLimit> limits_;
};

/// A file itself, or of a directory those files that end in .yaml or .yml, by name. kInvalid if it
/// is a directory without any, or one that cannot be read.
[[nodiscard]] Result<std::vector<std::string>> configuration_files(const std::string& path);

/// What the files of all paths hold. kInvalid names what cannot be read.
[[nodiscard]] Result<std::vector<ConfigurationFile>> read_configuration_files(
    std::span<const std::string> paths
);

}  // namespace rookery::api::limiter
