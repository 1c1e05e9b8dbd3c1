#include "load/people.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

namespace rookery::load {

namespace {

std::string_view next_word(std::string_view& line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

}  // namespace

Result<People> People::read(const std::string& path, std::size_t count_max) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::kNotFound, fmt::format("cannot read {}", path));
    }
    People people;
    std::string line;
    for (std::size_t line_number = 1; people.size() < count_max && std::getline(file, line);
         ++line_number) {
        std::string_view rest = line;
        const std::string_view id = next_word(rest);
        if (id.empty() || id.starts_with('#')) {
            continue;
        }
        const std::string_view token = next_word(rest);
        std::string_view digits = next_word(rest);
        if (digits.empty()) {
            digits = id;
        }
        std::uint64_t number = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, number);
        // Another server's ids may be no numbers; then the graph's number is the line's.
        if (error != std::errc() || stop != end) {
            number = people.size() + 1;
        }
        if (token.empty()) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("{}, line {}: must be \"ACCOUNT-ID TOKEN [NUMBER]\"", path, line_number)
            );
        }
        people.add(id, token, number);
    }
    if (people.size() == 0) {
        return fail(ErrorCode::kInvalid, fmt::format("{}: names no account", path));
    }
    return people;
}

void People::add(std::string_view id, std::string_view token, std::uint64_t number) {
    entries_.push_back({
        .begin = text_.size(),
        .number = number,
        .id_size = static_cast<std::uint32_t>(id.size()),
        .token_size = static_cast<std::uint32_t>(token.size()),
    });
    text_ += id;
    text_ += token;
}

std::string_view People::id(std::size_t index) const {
    const Entry& entry = entries_[index];
    return std::string_view(text_).substr(entry.begin, entry.id_size);
}

std::string_view People::token(std::size_t index) const {
    const Entry& entry = entries_[index];
    return std::string_view(text_).substr(entry.begin + entry.id_size, entry.token_size);
}

}  // namespace rookery::load
