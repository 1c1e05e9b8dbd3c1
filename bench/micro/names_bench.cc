// Completing people's names among a million accounts: by the letters typed, and by the errors in
// them. What it keeps in memory for that is the counter "bytes_per_account".
#include "base/random.h"
#include "discover/names/name_index.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

namespace rookery::discover::names {
namespace {

constexpr std::size_t kAccounts = 1'000'000;
constexpr std::size_t kFriends = 5'000;

/// Words that can be spoken, some of them often: the frequencies of Zipf's law.
class Vocabulary {
public:
    Vocabulary(std::uint64_t seed, std::size_t words) {
        static const std::vector<std::string> starts{
            "b",
            "br",
            "d",
            "f",
            "g",
            "h",
            "j",
            "k",
            "kl",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "st",
            "t",
            "v"
        };
        static const std::vector<std::string> vowels{"a", "e", "i", "o", "u", "ai", "ea"};
        static const std::vector<std::string> ends{"", "n", "r", "s", "l", "nd", "ck"};
        Random random(seed);
        for (std::size_t i = 0; i < words; ++i) {
            std::string word;
            for (std::size_t n = 1 + random.below(3); n > 0; --n) {
                word += starts[random.below(starts.size())] + vowels[random.below(vowels.size())];
            }
            words_.push_back(word + ends[random.below(ends.size())]);
        }
    }
    const std::string& draw(Random& random) const {
        const double at = std::pow(static_cast<double>(words_.size()), random.unit());
        return words_[std::min(words_.size() - 1, static_cast<std::size_t>(at))];
    }

private:
    std::vector<std::string> words_;
};

/// Two names each, a bio of eight words for every other, followers as they are: few for most.
std::vector<Entry> people(std::size_t from, std::size_t count) {
    static const Vocabulary names(1, 60'000);
    static const Vocabulary words(2, 200'000);
    Random random(from);
    std::vector<Entry> made(count);
    for (std::size_t i = 0; i < count; ++i) {
        Entry& entry = made[i];
        entry.id = from + i + 1;
        entry.names = {names.draw(random), names.draw(random)};
        entry.handle = entry.names.front() + std::to_string(entry.id % 10'000);
        for (int word = 0; i % 2 == 0 && word < 8; ++word) {
            entry.bio.push_back(words.draw(random));
        }
        entry.hidden = random.chance(0.1);
        entry.rank = rank_of(static_cast<std::int64_t>(std::pow(random.unit(), -1.2)));
    }
    return made;
}

const NameIndex& index() {
    static const NameIndex& made = [] -> const NameIndex& {
        static NameIndex filled;
        constexpr std::size_t kStep = 10'000;
        for (std::size_t from = 0; from < kAccounts; from += kStep) {
            filled.apply(people(from, kStep));
            while (filled.merge_some()) {
            }
        }
        return filled;
    }();
    return made;
}

const Neighbours& friends() {
    static const Neighbours near = [] {
        Neighbours made;
        Random random(5);
        while (made.size() < kFriends) {
            made[1 + random.below(kAccounts)] = {static_cast<std::uint8_t>(random.below(50)), true};
        }
        return made;
    }();
    return near;
}

void search(benchmark::State& state, const std::vector<std::string>& typed, bool has_friends) {
    static const Neighbours nobody;
    const NameIndex& people = index();
    std::vector<NameQuery> queries;
    for (const std::string& text : typed) {
        queries.push_back(parse_name_query(text));
    }
    std::size_t i = 0;
    std::size_t hits = 0;
    for (auto _ : state) {
        const auto found =
            people.find(queries[i++ % queries.size()], has_friends ? friends() : nobody, {});
        hits += found.size();
        benchmark::DoNotOptimize(found.data());
    }
    const NameIndex::Size size = people.size();
    state.counters["hits"] = static_cast<double>(hits) / static_cast<double>(i);
    state.counters["segments"] = static_cast<double>(size.segments);
    state.counters["bytes_per_account"] =
        static_cast<double>(size.bytes) / static_cast<double>(size.entries);
}

BENCHMARK_CAPTURE(search, prefix_1_letter, {"b", "k", "s", "m"}, false);
BENCHMARK_CAPTURE(search, prefix_3_letters, {"bra", "kle", "sto", "mai"}, false);
BENCHMARK_CAPTURE(search, prefix_5_letters, {"brabo", "klesi", "stoma", "maire"}, false);
BENCHMARK_CAPTURE(search, two_words, {"bra st", "kl ma", "sto bre", "mai ne"}, false);
BENCHMARK_CAPTURE(search, one_error, {"brxbo", "klxsi", "stxma", "maxre"}, false);
BENCHMARK_CAPTURE(search, two_errors, {"brxboxst", "klxsixma", "stxmaxke", "maxrexbo"}, false);
BENCHMARK_CAPTURE(search, found_nowhere, {"qqqqqqqqqq", "xyzxyzxyz"}, false);
BENCHMARK_CAPTURE(search, prefix_1_letter_with_friends, {"b", "k", "s", "m"}, true);
BENCHMARK_CAPTURE(search, prefix_3_letters_with_friends, {"bra", "kle", "sto", "mai"}, true);
BENCHMARK_CAPTURE(search, one_error_with_friends, {"brxbo", "klxsi", "stxma", "maxre"}, true);

/// What a change of a profile or a name costs: a small segment beside the big one.
void change(benchmark::State& state) {
    NameIndex filled;
    filled.apply(people(0, 100'000));
    std::size_t from = 0;
    for (auto _ : state) {
        filled.apply(people(from++ % 100'000, 1));
        filled.merge_some();
    }
}
BENCHMARK(change);

}  // namespace
}  // namespace rookery::discover::names

BENCHMARK_MAIN();
