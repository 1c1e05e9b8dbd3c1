#include "api/limiter/configuration.h"

#include "api/limiter/configuration_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace rookery::api::limiter {

namespace {

constexpr std::uintmax_t kFileBytesMax = 16 * 1024 * 1024;

Result<ConfigurationFile> read_file(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > kFileBytesMax) {
        return fail(ErrorCode::kTooLarge, path + " is larger than 16 MB");
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
        return fail(ErrorCode::kInvalid, "cannot read " + path);
    }
    return ConfigurationFile{path, std::move(text)};
}

}  // namespace

Configuration::Configuration() = default;
Configuration::~Configuration() = default;
Configuration::Configuration(Configuration&&) noexcept = default;
Configuration& Configuration::operator=(Configuration&&) noexcept = default;

bool Configuration::has_domain(std::string_view domain) const {
    return domains_.contains(domain);
}

const Configuration::Node* Configuration::Branches::find(std::string_view value, bool& by_wildcard)
    const {
    by_wildcard = false;
    if (const auto exact = values.find(value); exact != values.end()) {
        return exact->second.get();
    }
    for (const auto& [prefix, branch] : wildcards) {
        if (value.starts_with(prefix)) {
            by_wildcard = true;
            return branch.get();
        }
    }
    return any.get();
}

Configuration::Match Configuration::match(std::string_view domain, std::span<const Entry> entries)
    const {
    const auto root = domains_.find(domain);
    const Node* node = root == domains_.end() ? nullptr : root->second.get();
    bool by_wildcard = false;
    for (const Entry& entry : entries) {
        if (node == nullptr) {
            return {};
        }
        const auto branches = node->keys.find(entry.key);
        if (branches == node->keys.end()) {
            return {};
        }
        node = branches->second.find(entry.value, by_wildcard);
    }
    if (node == nullptr || node->limit == Node::kNoLimit) {
        return {};
    }
    return {&limits_[node->limit], by_wildcard};
}

Result<std::vector<std::string>> configuration_files(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
        return std::vector{path};
    }
    std::vector<std::string> found;
    for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto extension = entry->path().extension();
        std::error_code ignored;
        if ((extension == ".yaml" || extension == ".yml") && entry->is_regular_file(ignored)) {
            found.push_back(entry->path().string());
        }
    }
    if (error) {
        return fail(ErrorCode::kInvalid, "cannot read the directory " + path);
    }
    if (found.empty()) {
        return fail(ErrorCode::kInvalid, "there is no .yaml file in the directory " + path);
    }
    std::ranges::sort(found);
    return found;
}

Result<std::vector<ConfigurationFile>> read_configuration_files(std::span<const std::string> paths
) {
    std::vector<ConfigurationFile> files;
    for (const std::string& path : paths) {
        TRY(const auto found, configuration_files(path));
        for (const std::string& one : found) {
            TRY(auto file, read_file(one));
            files.push_back(std::move(file));
        }
    }
    return files;
}

}  // namespace rookery::api::limiter
