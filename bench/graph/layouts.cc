#include "base/codec.h"
#include "base/random.h"
#include "graph/speed.h"

#include <fmt/format.h>

#include <ctime>
#include <string>

namespace rookery::graph_bench {

namespace {

constexpr std::size_t kPicks = 5'000'000;

/// Of this thread, so that others' work on the machine does not count.
double cpu_nanoseconds() {
    timespec time{};
    static_cast<void>(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time));
    return (static_cast<double>(time.tv_sec) * 1e9) + static_cast<double>(time.tv_nsec);
}

/// Lists as plain 32-bit numbers.
struct Plain {
    explicit Plain(const Network& network) : starts(network.nodes + std::size_t{1}) {
        for (const auto& [from, to] : network.edges) {
            ++starts[from + std::size_t{1}];
            entries.push_back(to);
        }
        for (std::size_t i = 1; i < starts.size(); ++i) {
            starts[i] += starts[i - 1];
        }
    }
    [[nodiscard]] std::size_t bytes() const { return entries.size() * 4; }
    [[nodiscard]] std::size_t size(Node node) const { return starts[node + 1] - starts[node]; }
    [[nodiscard]] Node at(Node node, std::size_t index) const {
        return entries[starts[node] + index];
    }

    std::vector<std::uint32_t> starts;
    std::vector<Node> entries;
};

/// Lists as gaps of one to five bytes; every sixteenth entry stands whole, with its place, so that
/// an entry is at most fifteen gaps away.
struct Gaps {
    static constexpr std::size_t kEvery = 16;

    explicit Gaps(const Plain& plain, Node nodes) : sizes(plain.starts), first_mark(nodes) {
        ByteWriter writer(bytes_of_gaps);
        for (Node node = 0; node < nodes; ++node) {
            first_mark[node] = static_cast<std::uint32_t>(marks.size());
            Node last = 0;
            for (std::size_t i = 0; i < plain.size(node); ++i) {
                const Node entry = plain.at(node, i);
                if (i % kEvery == 0) {
                    marks.push_back({entry, static_cast<std::uint32_t>(bytes_of_gaps.size())});
                } else {
                    writer.varint(entry - last);
                }
                last = entry;
            }
        }
    }
    [[nodiscard]] std::size_t bytes() const {
        return bytes_of_gaps.size() + (marks.size() * sizeof(Mark)) + (first_mark.size() * 4);
    }
    [[nodiscard]] std::size_t size(Node node) const { return sizes[node + 1] - sizes[node]; }
    [[nodiscard]] Node at(Node node, std::size_t index) const {
        const Mark& mark = marks[first_mark[node] + (index / kEvery)];
        ByteReader reader(std::string_view(bytes_of_gaps).substr(mark.place));
        Node entry = mark.entry;
        for (std::size_t i = index % kEvery; i > 0; --i) {
            entry += static_cast<Node>(reader.varint());
        }
        return entry;
    }

    struct Mark {
        Node entry;
        std::uint32_t place;
    };
    std::vector<std::uint32_t> sizes;
    std::vector<std::uint32_t> first_mark;
    std::vector<Mark> marks;
    std::string bytes_of_gaps;
};

struct Packed {
    explicit Packed(const discover::GraphBase& of) : base(of) {}
    [[nodiscard]] std::size_t bytes() const {
        return base.out.bytes() - (base.ids.size() * sizeof(std::uint32_t));
    }
    [[nodiscard]] std::size_t size(Node node) const { return base.out.row(node).size(); }
    [[nodiscard]] Node at(Node node, std::size_t index) const { return base.out.row(node)[index]; }

    const discover::GraphBase& base;
};

/// Picks anybody's entries at random, each pick depending on the one before, as a walk does.
template <class Lists>
void measure(
    std::string_view name,
    const Lists& lists,
    const Network& network,
    std::uint64_t seed
) {
    Random random(seed);
    Node node = 0;
    std::uint64_t sum = 0;
    const double begin = cpu_nanoseconds();
    for (std::size_t i = 0; i < kPicks; ++i) {
        const std::size_t size = lists.size(node);
        const bool is_end = size == 0;
        node = is_end ? static_cast<Node>(random.below(network.nodes))
                      : lists.at(node, random.below(size));
        sum += node;
    }
    const double taken = cpu_nanoseconds() - begin;
    fmt::print(
        "{:<34} {:>6.2f} bytes an entry {:>7.1f} ns a pick  (sum {})\n",
        name,
        static_cast<double>(lists.bytes()) / static_cast<double>(network.edges.size()),
        taken / static_cast<double>(kPicks),
        sum
    );
}

}  // namespace

void measure_layouts(const Network& network, std::uint64_t seed) {
    const auto base = build(network);
    const Plain plain(network);
    fmt::print("Entries of one direction, without 4 bytes an account for where its list begins:\n");
    measure("plain 32-bit numbers", plain, network, seed);
    measure("packed to the bits of a node", Packed(*base), network, seed);
    measure("gaps of 1 to 5 bytes", Gaps(plain, network.nodes), network, seed);
}

}  // namespace rookery::graph_bench
