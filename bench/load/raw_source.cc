#include "load/raw_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace rookery::load {

namespace {

std::string_view take_word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

}  // namespace

Result<void> RawSource::prepare(Fetcher& /*fetcher*/) {
    std::ifstream file(path_);
    if (!file) {
        return fail(ErrorCode::kNotFound, fmt::format("cannot read the requests \"{}\"", path_));
    }
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::string_view rest = line;
        const std::string_view method = take_word(rest);
        const std::string_view path = take_word(rest);
        std::string_view token = take_word(rest);
        if (!path.starts_with('/')) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("{}, line {}: must be \"METHOD PATH [TOKEN|-] [BODY]\"", path_, number)
            );
        }
        token = token == "-" ? std::string_view() : token;
        lines_.push_back(
            method == "GET" ? scene_.target.get(path, token)
                            : scene_.target.send(method, path, token, rest)
        );
    }
    if (lines_.empty()) {
        return fail(ErrorCode::kInvalid, fmt::format("{} has no requests", path_));
    }
    return {};
}

void RawSource::add(Plan& plan, std::int64_t at_ns, Random& /*random*/) {
    const std::size_t number = next_++ % lines_.size();
    if (requests_.size() < lines_.size()) {
        requests_.push_back(plan.add_request(lines_[number]));
    }
    plan.operations.push_back({.at_ns = at_ns, .request = requests_[number], .kind = first_kind()});
}

}  // namespace rookery::load
