// Feeds a fuzz target with mutations of its seeds: a fixed number, drawn from a fixed seed, so that
// a failure in one run is there in the next. Stands in for libFuzzer in ordinary builds.
//
// usage: fuzz_NAME [--seed N] [--runs N] FILE|FOLDER...    a FILE is run once, as it is

#include "base/random.h"
#include "fuzz/fuzz_input.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// Present in builds with a sanitizer only.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using namespace std::string_view_literals;  // NOLINT(google-build-using-namespace)

constexpr std::uint64_t kDefaultSeed = 20260101;
constexpr std::uint64_t kDefaultRuns = 200'000;
constexpr std::chrono::seconds kTimeMax{3};
constexpr std::size_t kInputBytesMax = 8 * 1024;
constexpr const char* kCrashFile = "fuzz-crash.bin";

// A crash may come anywhere, and its handler has no other way to the input.
const std::string* current_input = nullptr;  // NOLINT

void save_input() {
    if (current_input != nullptr) {
        std::ofstream(kCrashFile, std::ios::binary) << *current_input;
        std::fprintf(stderr, "the input is in %s\n", kCrashFile);
        current_input = nullptr;
    }
}

void on_signal(int signal) {
    save_input();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void run(const std::string& input) {
    current_input = &input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    current_input = nullptr;
}

class Mutator {
public:
    Mutator(std::uint64_t seed, const std::vector<std::string>& seeds)
        : random_(seed), seeds_(seeds) {}

    std::string next() {
        std::string input = pick();
        for (std::uint64_t i = 0, count = 1 + random_.below(4); i < count; ++i) {
            mutate(input);
        }
        input.resize(std::min(input.size(), kInputBytesMax));
        return input;
    }

private:
    const std::string& pick() { return seeds_[random_.below(seeds_.size())]; }

    std::size_t place(const std::string& text) { return random_.below(text.size() + 1); }

    std::string piece(const std::string& text) {
        const std::size_t at = place(text);
        return text.substr(at, random_.below(32));
    }

    void mutate(std::string& input) {
        constexpr std::string_view kTelling = "\r\n\0%&=;:\"[]{}\\\xFF\x80\x7F,- "sv;
        switch (random_.below(7)) {
            case 0:
                if (!input.empty()) {
                    input[random_.below(input.size())] ^= static_cast<char>(1U << random_.below(8));
                }
                return;
            case 1:
                input.insert(place(input), 1, static_cast<char>(random_.below(256)));
                return;
            case 2:
                input.insert(place(input), 1, kTelling[random_.below(kTelling.size())]);
                return;
            case 3:
                input.erase(place(input), random_.below(16));
                return;
            case 4:
                input.insert(place(input), piece(input));
                return;
            case 5:
                input.insert(place(input), piece(pick()));
                return;
            default:
                input.resize(place(input));
                return;
        }
    }

    rookery::Random random_;
    const std::vector<std::string>& seeds_;
};

struct Arguments {
    std::uint64_t seed = kDefaultSeed;
    std::uint64_t runs = kDefaultRuns;
    std::vector<std::string> files;
    std::vector<std::string> seeds{""};
};

Arguments parse(const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--seed" && i + 1 < words.size()) {
            arguments.seed = std::stoull(words[++i]);
        } else if (words[i] == "--runs" && i + 1 < words.size()) {
            arguments.runs = std::stoull(words[++i]);
        } else if (std::filesystem::is_directory(words[i])) {
            for (const auto& entry : std::filesystem::directory_iterator(words[i])) {
                arguments.seeds.push_back(read_file(entry.path()));
            }
        } else {
            arguments.files.push_back(read_file(words[i]));
        }
    }
    // A folder has no order of its own, and the run is to be the same everywhere.
    std::sort(arguments.seeds.begin(), arguments.seeds.end());
    return arguments;
}

}  // namespace

int main(int argc, char** argv) {
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
        std::signal(signal, on_signal);
    }
    if (__sanitizer_set_death_callback != nullptr) {
        __sanitizer_set_death_callback(save_input);
    }
    const Arguments arguments = parse({argv + 1, argv + argc});
    for (const std::string& file : arguments.files) {
        run(file);
    }
    if (!arguments.files.empty()) {
        return 0;
    }
    for (const std::string& seed : arguments.seeds) {
        run(seed);
    }
    Mutator mutator(arguments.seed, arguments.seeds);
    const auto end = std::chrono::steady_clock::now() + kTimeMax;
    std::uint64_t runs = 0;
    while (runs < arguments.runs && std::chrono::steady_clock::now() < end) {
        run(mutator.next());
        ++runs;
    }
    std::printf(
        "%zu seeds, %llu mutations from seed %llu\n",
        arguments.seeds.size() - 1,
        static_cast<unsigned long long>(runs),
        static_cast<unsigned long long>(arguments.seed)
    );
    return 0;
}
