#include "load/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

namespace rookery::load {

namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;

}  // namespace

std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_edge(std::string_view line) {
    std::uint64_t follower = 0;
    std::uint64_t followee = 0;
    const char* end = line.data() + line.size();
    const auto first = std::from_chars(line.data(), end, follower);
    if (first.ec != std::errc()) {
        return std::nullopt;
    }
    const char* second = first.ptr;
    while (second != end && (*second == ' ' || *second == '\t' || *second == ',')) {
        ++second;
    }
    if (second == first.ptr || std::from_chars(second, end, followee).ec != std::errc()) {
        return std::nullopt;
    }
    return std::pair(follower, followee);
}

Result<void>
EdgeListGraph::read(const std::string& path, const std::unordered_set<std::uint64_t>& followers) {
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "re"), &std::fclose);
    if (file == nullptr) {
        return fail(ErrorCode::kNotFound, fmt::format("cannot read {}", path));
    }
    std::vector<char> buffer(kReadBytes);
    std::size_t kept = 0;  // bytes of a line that began in the last part
    std::uint64_t line_number = 0;
    for (bool more = true; more;) {
        const std::size_t count =
            std::fread(buffer.data() + kept, 1, buffer.size() - kept, file.get());
        more = count > 0;
        std::string_view rest(buffer.data(), kept + count);
        while (!rest.empty()) {
            const std::size_t newline = rest.find('\n');
            if (newline == std::string_view::npos && more) {
                break;
            }
            const std::string_view line = rest.substr(0, newline);
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            ++line_number;
            if (line.empty() || line[0] == '#' || line[0] == '%') {
                continue;
            }
            const auto edge = parse_edge(line);
            if (!edge) {
                return fail(
                    ErrorCode::kInvalid,
                    fmt::format("{}, line {}: must be \"FOLLOWER FOLLOWEE\"", path, line_number)
                );
            }
            if (followers.contains(edge->first) && edge->first != edge->second) {
                followees_[edge->first].push_back(edge->second);
            }
        }
        kept = rest.size();
        std::copy(rest.begin(), rest.end(), buffer.begin());
        if (kept == buffer.size()) {
            return fail(ErrorCode::kInvalid, fmt::format("{}: a line has no end", path));
        }
    }
    for (auto& [follower, list] : followees_) {
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return {};
}

std::vector<std::uint64_t> EdgeListGraph::followees(std::uint64_t follower) const {
    const auto found = followees_.find(follower);
    return found == followees_.end() ? std::vector<std::uint64_t>() : found->second;
}

}  // namespace rookery::load
