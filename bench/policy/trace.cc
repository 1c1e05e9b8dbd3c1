#include "policy/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <unordered_map>

namespace rookery::policy {

namespace {

constexpr std::array<std::string_view, 4> kKinds{"post", "read", "follow", "unfollow"};

bool has_target(Event::Kind kind) {
    return kind == Event::Kind::kFollow || kind == Event::Kind::kUnfollow;
}

/// One line into the trace; what is wrong with it.
std::optional<std::string> parse_line(const std::string& line, Trace& trace) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first == "accounts") {
        return words >> trace.accounts ? std::nullopt : std::optional("accounts takes a number");
    }
    const auto is_account = [&trace](std::uint32_t n) { return n >= 1 && n <= trace.accounts; };
    if (first == "graph") {
        Edge edge;
        words >> edge.follower >> edge.followee;
        if (!is_account(edge.follower) || !is_account(edge.followee)) {
            return "graph takes two accounts";
        }
        trace.graph.push_back(edge);
        return std::nullopt;
    }
    Event event;
    std::string kind;
    words.clear();
    words.seekg(0);
    if (!(words >> event.at_ms >> kind)) {
        return "must begin with accounts, graph or a time in milliseconds";
    }
    const auto found = std::ranges::find(kKinds, kind);
    if (found == kKinds.end()) {
        return fmt::format("nothing is known of \"{}\"", kind);
    }
    event.kind = static_cast<Event::Kind>(found - kKinds.begin());
    words >> event.actor;
    if (has_target(event.kind)) {
        words >> event.target;
    }
    if (!is_account(event.actor) || (has_target(event.kind) && !is_account(event.target))) {
        return "an account must be a number from 1 to that of the line \"accounts\"";
    }
    if (event.at_ms < (trace.events.empty() ? 0 : trace.events.back().at_ms)) {
        return "the time goes back";
    }
    trace.events.push_back(event);
    return std::nullopt;
}

}  // namespace

Result<Trace> read_trace(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::kNotFound, fmt::format("cannot read {}", path));
    }
    Trace trace;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        if (const auto wrong = parse_line(line, trace)) {
            return fail(ErrorCode::kInvalid, fmt::format("{}, line {}: {}", path, number, *wrong));
        }
    }
    return trace;
}

Result<void> write_trace(const Trace& trace, const std::string& path) {
    std::ofstream file(path);
    file << "accounts " << trace.accounts << '\n';
    for (const Edge& edge : trace.graph) {
        file << "graph " << edge.follower << ' ' << edge.followee << '\n';
    }
    for (const Event& event : trace.events) {
        file << event.at_ms << ' ' << kKinds.at(static_cast<std::size_t>(event.kind)) << ' '
             << event.actor;
        if (has_target(event.kind)) {
            file << ' ' << event.target;
        }
        file << '\n';
    }
    file.close();
    if (!file) {
        return fail(ErrorCode::kUnavailable, fmt::format("cannot write {}", path));
    }
    return {};
}

Result<Trace> read_graph(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::kNotFound, fmt::format("cannot read {}", path));
    }
    Trace trace;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    const auto number_of = [&](std::uint64_t id) {
        const auto [found, fresh] = numbers.try_emplace(id, trace.accounts + 1);
        trace.accounts += fresh ? 1 : 0;
        return found->second;
    };
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#' || line[0] == '%') {
            continue;
        }
        std::ranges::replace(line, ',', ' ');
        std::istringstream words(line);
        std::uint64_t follower = 0;
        std::uint64_t followee = 0;
        if (!(words >> follower >> followee)) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("{}, line {}: must be \"FOLLOWER FOLLOWEE\"", path, number)
            );
        }
        if (follower != followee) {
            const std::uint32_t from = number_of(follower);
            trace.graph.push_back({from, number_of(followee)});
        }
    }
    std::ranges::sort(trace.graph);
    trace.graph.erase(std::unique(trace.graph.begin(), trace.graph.end()), trace.graph.end());
    return trace;
}

}  // namespace rookery::policy
