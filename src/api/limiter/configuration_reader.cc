#include "api/limiter/configuration.h"
#include "api/limiter/configuration_tree.h"
#include "api/limiter/rate_limit_reader.h"
#include "api/limiter/yaml_node.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::limiter {

namespace {

/// A descriptor deeper than this is a mistake, or an alias that contains itself.
constexpr std::size_t kDepthMax = 32;
/// Descriptors of all files: an alias of aliases makes a short file a long one.
constexpr std::size_t kDescriptorsMax = 200'000;

/// What one item of a list of descriptors says.
struct DescriptorMembers {
    std::string key;
    std::string value;
    std::optional<YamlNode> rate_limit;
    std::optional<YamlNode> descriptors;
    bool shadow = false;
    bool detailed_metric = false;
    bool share_threshold = false;
};

Result<DescriptorMembers> read_members(const YamlNode& node) {
    DescriptorMembers read;
    TRY(const auto members, node.members());
    for (const YamlNode::Member& member : members) {
        const YamlNode& value = member.value;
        if (member.name == "key") {
            TRY(read.key, value.text());
        } else if (member.name == "value") {
            TRY(read.value, value.text());
        } else if (member.name == "rate_limit") {
            read.rate_limit.emplace(value);
        } else if (member.name == "descriptors") {
            read.descriptors.emplace(value);
        } else if (member.name == "shadow_mode") {
            TRY(read.shadow, value.boolean());
        } else if (member.name == "detailed_metric") {
            TRY(read.detailed_metric, value.boolean());
        } else if (member.name == "share_threshold") {
            TRY(read.share_threshold, value.boolean());
        } else {
            return member.key.wrong(fmt::format("a descriptor has no {}", member.name));
        }
    }
    if (read.key.empty()) {
        return node.wrong("a descriptor needs a key");
    }
    if (read.share_threshold && !read.value.ends_with('*')) {
        return node.wrong("share_threshold needs a value that ends with *");
    }
    return read;
}

}  // namespace

/// Puts the descriptors of all files into one configuration.
class ConfigurationReader {
public:
    ConfigurationReader(Configuration& out, ConfigurationOptions options)
        : out_(out), options_(options) {}

    [[nodiscard]] Result<void> add_file(const ConfigurationFile& file) {
        TRY(const YamlNode root, YamlNode::parse(file.text, file.name));
        TRY(const auto members, root.members());
        std::optional<YamlNode> descriptors;
        domain_.clear();
        for (const YamlNode::Member& member : members) {
            if (member.name == "domain") {
                TRY(domain_, member.value.text());
            } else if (member.name == "descriptors") {
                descriptors.emplace(member.value);
            } else {
                return member.key.wrong(
                    fmt::format("a file has domain and descriptors, but no {}", member.name)
                );
            }
        }
        if (domain_.empty()) {
            return root.wrong("the file needs a domain");
        }
        auto& node = out_.domains_[domain_];
        if (!node) {
            node = std::make_unique<Configuration::Node>();
        }
        std::string path;
        append_escaped(domain_, path);
        if (!descriptors) {
            return {};
        }
        return add_descriptors(*descriptors, path, 0, *node);
    }

private:
    [[nodiscard]] Result<void> add_descriptors(
        const YamlNode& list,
        const std::string& parent,
        std::size_t depth,
        Configuration::Node& node
    ) {
        if (depth > kDepthMax) {
            return list.wrong("descriptors are nested too deeply");
        }
        TRY(const auto items, list.items());
        for (const YamlNode& item : items) {
            if (++descriptors_ > kDescriptorsMax) {
                return item.wrong(fmt::format("there are more than {} descriptors", kDescriptorsMax)
                );
            }
            if (auto added = add_descriptor(item, parent, depth, node); !added) {
                return std::move(added).error();
            }
        }
        return {};
    }

    [[nodiscard]] Result<void> add_descriptor(
        const YamlNode& item,
        const std::string& parent,
        std::size_t depth,
        Configuration::Node& node
    ) {
        TRY(const DescriptorMembers read, read_members(item));
        std::string path = parent + ",";
        append_escaped(read.key, path);
        if (!read.value.empty()) {
            path.push_back('=');
            append_escaped(read.value, path);
        }
        std::unique_ptr<Configuration::Node>& branch = branch_of(node.keys[read.key], read.value);
        if (branch) {
            return item.wrong("there are two descriptors " + path);
        }
        branch = std::make_unique<Configuration::Node>();
        if (read.rate_limit && !read.rate_limit->is_null()) {
            RateLimit limit;
            limit.index = out_.limits_.size();
            limit.domain = domain_;
            limit.path = path;
            limit.shadow = read.shadow || options_.all_shadow;
            limit.detailed_metric = read.detailed_metric;
            limit.share_threshold = read.share_threshold;
            if (auto good = read_rate_limit(*read.rate_limit, options_, limit); !good) {
                return std::move(good).error();
            }
            branch->limit = limit.index;
            out_.limits_.push_back(std::move(limit));
        }
        if (!read.descriptors) {
            return {};
        }
        return add_descriptors(*read.descriptors, path, depth + 1, *branch);
    }

    static std::unique_ptr<Configuration::Node>&
    branch_of(Configuration::Branches& branches, const std::string& value) {
        if (value.empty()) {
            return branches.any;
        }
        if (!value.ends_with('*')) {
            return branches.values[value];
        }
        const std::string prefix = value.substr(0, value.size() - 1);
        for (auto& [known, branch] : branches.wildcards) {
            if (known == prefix) {
                return branch;
            }
        }
        return branches.wildcards.emplace_back(prefix, nullptr).second;
    }

    Configuration& out_;
    const ConfigurationOptions options_;
    std::string domain_;
    std::size_t descriptors_ = 0;
};

Result<Configuration>
Configuration::parse(std::span<const ConfigurationFile> files, ConfigurationOptions options) {
    Configuration configuration;
    ConfigurationReader reader(configuration, options);
    for (const ConfigurationFile& file : files) {
        if (auto added = reader.add_file(file); !added) {
            return std::move(added).error();
        }
    }
    return configuration;
}

}  // namespace rookery::api::limiter
