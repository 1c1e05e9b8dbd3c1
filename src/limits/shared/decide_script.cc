#include "limits/shared/decide_script.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace rookery::limits {

namespace {

// Doubles and integers are packed least significant byte first, by the script as by us.
static_assert(std::endian::native == std::endian::little);

constexpr std::size_t kAnswerBytes = 1 + 5 * sizeof(double);
constexpr double kNeverInStore = -1;

void append(std::string& out, double value) {
    std::array<char, sizeof(double)> bytes{};
    std::memcpy(bytes.data(), &value, bytes.size());
    out.append(bytes.data(), bytes.size());
}

/// Above what the script counts with, and small enough to be nanoseconds.
constexpr double kMost = 9.2e15;

/// The five numbers of an answer; false if they are none that the script can say.
bool read_numbers(std::string_view answer, std::array<double, 5>& numbers) {
    std::memcpy(numbers.data(), answer.data() + 1, sizeof(numbers));
    // A comparison with what is no number is false.
    return std::ranges::all_of(
               numbers, [](double n) { return n >= kNeverInStore && n <= kMost; }
           ) &&
           numbers[0] >= 0 && numbers[1] >= 0;
}

Nanos nanos(double micros) {
    return micros < 0 ? kNever : static_cast<Nanos>(micros) * 1'000;
}

/// Costs above all that a rule can hold are all the same.
double cost_of(std::uint64_t units) {
    return static_cast<double>(std::min<std::uint64_t>(units, std::uint64_t{1} << 53U));
}

}  // namespace

void encode(std::span<const StoreAsk> group, bool charges, std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < group.size(); ++i) {
        const StoreAsk& ask = group[i];
        std::string& out = arguments.emplace_back();
        out.reserve(4 + 5 * sizeof(double));
        out.push_back(static_cast<char>(ask.rule.algorithm));
        out.push_back(ask.shadow ? 1 : 0);
        out.push_back(charges ? 1 : 0);
        out.push_back(i + 1 == group.size() ? 1 : 0);
        append(out, cost_of(ask.cost));
        append(out, cost_of(std::max(ask.cost, ask.want)));
        append(out, ask.rule.a);
        append(out, ask.rule.b);
        append(out, ask.rule.c);
    }
}

std::optional<std::vector<StoreAnswer>> decode(std::string_view reply, std::size_t asks) {
    if (reply.size() != asks * kAnswerBytes) {
        return std::nullopt;
    }
    std::vector<StoreAnswer> answers(asks);
    std::array<double, 5> numbers{};
    for (StoreAnswer& answer : answers) {
        if (!read_numbers(reply, numbers)) {
            return std::nullopt;
        }
        answer.taken = static_cast<std::uint64_t>(numbers[0]);
        answer.decision = {
            .allowed = reply.front() != 0,
            .remaining = static_cast<std::uint64_t>(numbers[1]),
            .wait = nanos(numbers[2]),
            .retry_after = nanos(numbers[3]),
            .resets_after = nanos(numbers[4]),
        };
        reply.remove_prefix(kAnswerBytes);
    }
    return answers;
}

}  // namespace rookery::limits
