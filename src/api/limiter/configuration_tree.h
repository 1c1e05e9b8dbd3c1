#pragma once

#include "api/limiter/configuration.h"

namespace rookery::api::limiter {

/// Where one key leads, by its value.
struct Configuration::Branches {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> values;
    /// What a value begins with, in the order of the file.
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> wildcards;
    std::unique_ptr<Node> any;

    /// The branch of `value`; null if there is none.
    [[nodiscard]] const Node* find(std::string_view value, bool& by_wildcard) const;
};

struct Configuration::Node {
    static constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);

    std::size_t limit = kNoLimit;  ///< an index of limits_
    std::map<std::string, Branches, std::less<>> keys;
};

}  // namespace rookery::api::limiter
