// Puts posts into a search engine, asks it, and prints what that took as a line of JSON.
//
// usage: search_engine_NAME FOLDER TEXTS QUERIES SECONDS ANSWERS
//
// TEXTS has a post a line, QUERIES words a line; ANSWERS gets the ids found, a line a query. Times
// are of this process's CPU, all threads, so that others on the machine do not count much.
#include "engine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace {

constexpr std::size_t kPage = 20;

double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double wall_seconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(now).count();
}

/// Of the process, mapped files included.
std::size_t resident_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stoull(line.substr(6)) * 1024;
        }
    }
    return 0;
}

std::size_t bytes_in(const std::filesystem::path& folder) {
    std::size_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    return bytes;
}

std::vector<std::vector<std::string>> read_queries(const char* path) {
    std::ifstream in(path);
    std::vector<std::vector<std::string>> queries;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        queries.emplace_back(
            std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()
        );
    }
    if (queries.empty()) {
        throw std::runtime_error("no queries");
    }
    return queries;
}

struct Filled {
    std::uint64_t posts = 0;
    double cpu_s = 0;
    double wall_s = 0;
};

Filled fill(rookery::bench::Engine& engine, const char* path) {
    std::ifstream in(path);
    Filled filled;
    const double cpu = cpu_seconds();
    const double wall = wall_seconds();
    for (std::string line; std::getline(in, line);) {
        engine.add(++filled.posts, line);
    }
    engine.finish();
    filled.cpu_s = cpu_seconds() - cpu;
    filled.wall_s = wall_seconds() - wall;
    if (filled.posts == 0) {
        throw std::runtime_error("no texts");
    }
    return filled;
}

int run(char** arguments) {
    const std::filesystem::path folder = arguments[1];
    const auto queries = read_queries(arguments[3]);
    const double seconds = std::strtod(arguments[4], nullptr);
    std::ofstream answers(arguments[5]);

    const std::size_t before = resident_bytes();
    const auto engine = rookery::bench::open_engine(folder);
    const Filled filled = fill(*engine, arguments[2]);

    // Once for the answers, which warms caches, too.
    std::vector<std::uint64_t> ids;
    std::size_t found = 0;
    for (const auto& words : queries) {
        engine->newest(words, kPage, ids);
        found += ids.size();
        answers << fmt::format("{}\n", fmt::join(ids, " "));
    }
    std::vector<double> took;
    const double cpu = cpu_seconds();
    const double end = wall_seconds() + seconds;
    for (std::size_t i = 0; wall_seconds() < end; ++i) {
        const double began = cpu_seconds();
        engine->newest(queries[i % queries.size()], kPage, ids);
        took.push_back(cpu_seconds() - began);
    }
    const double search_cpu_s = cpu_seconds() - cpu;
    std::ranges::sort(took);
    fmt::print(
        R"({{"posts":{},"indexed_per_cpu_s":{:.0f},"indexed_per_s":{:.0f},"bytes_a_post":{:.1f},)"
        R"("resident_a_post":{:.1f},"searches_per_cpu_s":{:.0f},"p50_us":{:.1f},"p99_us":{:.1f},)"
        R"("found":{:.2f}}})"
        "\n",
        filled.posts,
        static_cast<double>(filled.posts) / filled.cpu_s,
        static_cast<double>(filled.posts) / filled.wall_s,
        static_cast<double>(bytes_in(folder)) / static_cast<double>(filled.posts),
        static_cast<double>(resident_bytes() - before) / static_cast<double>(filled.posts),
        static_cast<double>(took.size()) / search_cpu_s,
        took[took.size() / 2] * 1e6,
        took[took.size() * 99 / 100] * 1e6,
        static_cast<double>(found) / static_cast<double>(queries.size())
    );
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        fmt::print(stderr, "usage: {} FOLDER TEXTS QUERIES SECONDS ANSWERS\n", argv[0]);
        return 2;
    }
    try {
        return run(argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", argv[0], error.what());
        return 1;
    }
}
