#include "social/graph_import.h"

#include <algorithm>

namespace rookery::social {

namespace {

constexpr std::string_view kSeparators = " \t,;\r";

/// Cuts the next word off `text`.
std::string_view next_word(std::string_view& text) {
    const std::size_t begin = std::min(text.find_first_not_of(kSeparators), text.size());
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
    text.remove_prefix(word.size());
    return word;
}

}  // namespace

Result<std::optional<ImportedEdge>> parse_edge(std::string_view line) {
    const std::string_view first = next_word(line);
    if (first.empty() || first.front() == '#' || first.front() == '%') {
        return std::optional<ImportedEdge>();
    }
    const auto follower = parse_id<AccountId>(first);
    const auto followee = parse_id<AccountId>(next_word(line));
    if (!follower || !followee) {
        return fail(ErrorCode::kInvalid, "is not an edge: two ids are expected");
    }
    if (!*follower || !*followee) {
        return fail(ErrorCode::kInvalid, "is not an edge: 0 is no account's id");
    }
    return std::optional<ImportedEdge>({*follower, *followee});
}

}  // namespace rookery::social
