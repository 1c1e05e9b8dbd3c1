#include "policy/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace rookery::policy {

void print_trace(const std::string& name, const Trace& trace) {
    const auto count = [&trace](Event::Kind kind) {
        return std::ranges::count(trace.events, kind, &Event::kind);
    };
    fmt::print(
        "{}: {} accounts, {} follows, then {} reads, {} posts, {} follows, {} unfollows in {:.0f} "
        "hours\n",
        name,
        trace.accounts,
        trace.graph.size(),
        count(Event::Kind::kRead),
        count(Event::Kind::kPost),
        count(Event::Kind::kFollow),
        count(Event::Kind::kUnfollow),
        trace.events.empty() ? 0.0 : static_cast<double>(trace.events.back().at_ms) / 3.6e6
    );
}

void print_figures(const Figures& figures, bool first) {
    if (first) {
        fmt::print(
            "{:18} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7} | {:>8} {:>8} {:>8} | {:>10} {:>10} {:>8} "
            "{:>10} | {:>12} {:>7}\n",
            "CPU, us or s",
            "read us",
            "post us",
            "push us",
            "edge us",
            "back s",
            "all s",
            "inbox MB",
            "subs MB",
            "rings MB",
            "pushes",
            "merged",
            "builds",
            "db reads",
            "late/checked",
            "late ms"
        );
    }
    const auto megabytes = [](std::size_t bytes) { return static_cast<double>(bytes) / 1e6; };
    fmt::print(
        "{:18} {:8.2f} {:8.2f} {:8.2f} {:8.1f} {:8.3f} {:7.3f} | {:8.2f} {:8.2f} {:8.2f} | {:10} "
        "{:10} {:8} {:10} | {:>12} {:7.2f}\n",
        figures.name,
        figures.reads.microseconds_each(),
        figures.posts.microseconds_each(),
        figures.pushes_at_once.microseconds_each(),
        figures.follows.microseconds_each(),
        figures.background_seconds,
        figures.total_seconds(),
        megabytes(figures.peak.inbox_bytes),
        megabytes(figures.peak.subscription_bytes),
        megabytes(figures.peak.ring_bytes),
        figures.deliveries,
        figures.authors_merged,
        figures.inbox_builds,
        figures.store_reads,
        fmt::format("{}/{}", figures.pages_late, figures.pages_checked),
        figures.late_ms_max
    );
    std::fflush(stdout);
}

}  // namespace rookery::policy
