#pragma once

#include "base/result.h"

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::limiter {

/// A node of a YAML file. Every error names the file and the line: "limits.yaml:12: …".
class YamlNode {
public:
    struct Member;

    ~YamlNode() = default;
    YamlNode(const YamlNode&) = default;
    // A YAML::Node that is assigned to changes the file that it stands in.
    YamlNode& operator=(const YamlNode&) = delete;

    /// The one document of a file; an empty file is a null. kInvalid if it is no YAML.
    [[nodiscard]] static Result<YamlNode> parse(std::string_view text, std::string file);

    [[nodiscard]] bool is_null() const;
    /// Of a map, in the order of the file, with what it merges by "<<" behind its own. None of a
    /// null. An error if it is no map, or if a name occurs twice or is no text.
    [[nodiscard]] Result<std::vector<Member>> members() const;
    /// Of a list; none of a null.
    [[nodiscard]] Result<std::vector<YamlNode>> items() const;
    /// Of a scalar, as it stands; empty of a null.
    [[nodiscard]] Result<std::string> text() const;
    [[nodiscard]] Result<std::uint64_t> number(std::uint64_t least, std::uint64_t most) const;
    [[nodiscard]] Result<bool> boolean() const;

    /// An error about this node; `what` is a sentence without its end.
    [[nodiscard]] Error wrong(std::string_view what) const;

private:
    YamlNode(const YAML::Node& node, std::shared_ptr<const std::string> file)
        : node_(node), file_(std::move(file)) {}
    [[nodiscard]] Result<void> add_members(std::vector<Member>& out, int& maps_left) const;

    YAML::Node node_;
    std::shared_ptr<const std::string> file_;
};

struct YamlNode::Member {
    std::string name;
    YamlNode key;  ///< where the name stands
    YamlNode value;
};

}  // namespace rookery::api::limiter
