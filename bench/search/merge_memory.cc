// What a merge of segments takes: time, and memory that is the process's own.
//
// usage: search_merge_memory SEGMENT FOLDER PARTS [memory]
//
// Cuts the segment into PARTS files in FOLDER, one after another in time, with every tenth document
// dead, and merges them into a file there; with `memory`, into memory and from there into a file.
// Prints a line of JSON.
#include "search/bytes.h"
#include "search/segment_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace search = rookery::search;

template <class T>
T must(rookery::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Of the process, without what is mapped of files.
std::size_t own_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return std::stoull(line.substr(8)) * 1024;
        }
    }
    return 0;
}

/// Looks every few milliseconds.
class Peak {
public:
    Peak() : thread_([this] { watch(); }) {}
    ~Peak() {
        ended_ = true;
        thread_.join();
    }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    void watch() {
        while (!ended_) {
            bytes_ = std::max<std::size_t>(bytes_, own_bytes());
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
        }
    }

    std::atomic<std::size_t> bytes_{0};
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

search::SegmentPtr open(const std::filesystem::path& path) {
    return must(search::Segment::open(must(search::map_file(path))));
}

std::vector<search::MergeSource> cut(
    const search::SegmentPtr& whole,
    const std::filesystem::path& folder,
    std::uint32_t parts,
    const std::atomic<bool>& cancelled
) {
    std::vector<search::MergeSource> made;
    const std::uint32_t count = whole->doc_count();
    for (std::uint32_t part = 0; part < parts; ++part) {
        const auto begin = std::uint64_t{count} * part / parts;
        const auto end = std::uint64_t{count} * (part + 1) / parts;
        const auto others = std::make_shared<search::DeadDocs>(count);
        for (search::DocNumber doc = 0; doc < count; ++doc) {
            if (doc < begin || doc >= end) {
                others->mark(doc);
            }
        }
        const auto path = folder / fmt::format("part-{}", part);
        must(search::merge_segments_into(path, {{whole, others}}, cancelled));
        const search::SegmentPtr segment = open(path);
        const auto dead = std::make_shared<search::DeadDocs>(segment->doc_count());
        for (search::DocNumber doc = 0; doc < segment->doc_count(); doc += 10) {
            dead->mark(doc);
        }
        made.push_back({segment, dead});
    }
    return made;
}

int run(int count, char** arguments) {
    const std::filesystem::path folder = arguments[2];
    const auto parts = static_cast<std::uint32_t>(std::strtoul(arguments[3], nullptr, 10));
    const bool in_memory = count > 4;
    const std::atomic<bool> cancelled{false};
    const auto sources = cut(open(arguments[1]), folder, std::max(parts, 1U), cancelled);

    const auto path = folder / "merged";
    const std::size_t before = own_bytes();
    const double cpu = cpu_seconds();
    const auto began = std::chrono::steady_clock::now();
    std::size_t peak = 0;
    {
        const Peak watched;
        if (in_memory) {
            const auto written =
                search::write_file(path, search::merge_segments(sources, cancelled));
            if (!written) {
                throw std::runtime_error(written.error().message);
            }
        } else {
            must(search::merge_segments_into(path, sources, cancelled));
        }
        peak = watched.bytes();
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    const double cpu_s = cpu_seconds() - cpu;
    const search::SegmentPtr merged = open(path);
    fmt::print(
        R"({{"documents":{},"bytes":{},"intact":{},"cpu_s":{:.2f},"wall_s":{:.2f},)"
        R"("own_bytes_at_the_peak":{}}})"
        "\n",
        merged->doc_count(),
        merged->bytes(),
        merged->is_intact(),
        cpu_s,
        wall.count(),
        peak - std::min(before, peak)
    );
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count < 4) {
            throw std::runtime_error("usage: search_merge_memory SEGMENT FOLDER PARTS [memory]");
        }
        return run(count, arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "search_merge_memory: {}\n", error.what());
        return 1;
    }
}
