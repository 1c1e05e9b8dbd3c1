#include "load/made_up_text.h"

#include <array>

namespace rookery::load {

namespace {

constexpr std::array kWords = {
    "morning", "river", "train",   "coffee", "window", "people", "always",  "never",   "again",
    "today",   "paper", "music",   "garden", "street", "winter", "summer",  "thought", "little",
    "old",     "new",   "quiet",   "loud",   "green",  "yellow", "read",    "wrote",   "walked",
    "heard",   "about", "between", "under",  "over",   "with",   "without", "because", "and",
    "or",      "but",   "the",     "a",      "some",   "every",  "slowly",  "quickly", "home",
};

}  // namespace

std::string made_up_text(Random& random, std::string_view mark) {
    std::string text;
    const std::uint64_t words = 6 + random.below(10);
    for (std::uint64_t i = 0; i < words; ++i) {
        text += kWords[random.below(kWords.size())];
        text += ' ';
    }
    return text += mark;
}

}  // namespace rookery::load
