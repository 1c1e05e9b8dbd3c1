#include "app/import_in_bulk.h"

#include "app/import_lines.h"
#include "app/run_task.h"
#include "social/graph_bulk_import.h"
#include "social/graph_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>

namespace rookery::app {

namespace {

/// Reading and sorting takes about this part of the time, writing the rest.
constexpr double kReadingPart = 0.3;
constexpr std::uint64_t kShowEvery = 65'536;
constexpr std::chrono::milliseconds kShowPause{100};

/// The number of lines.
Result<std::uint64_t>
read_edges(social::GraphBulkImport& import, LineSource& source, ProgressBar& bar) {
    std::uint64_t lines = 0;
    while (const auto line = source.next()) {
        ++lines;
        const auto edge = social::parse_edge(*line);
        if (!edge) {
            return fail(edge.error().code, fmt::format("line {}: {}", lines, edge.error().message));
        }
        if (*edge) {
            if (auto added = import.add(**edge); !added) {
                return std::move(added).error();
            }
        }
        if (lines % kShowEvery == 0) {
            bar.show(source.fraction_done() * kReadingPart, import.edges_taken());
        }
    }
    if (auto finished = source.finish(); !finished) {
        return std::move(finished).error();
    }
    return lines;
}

}  // namespace

Result<std::optional<social::ImportProgress>> import_graph_in_bulk(
    Core& core,
    const std::string& data,
    const std::string& name,
    LineSource& source,
    ProgressBar& bar
) {
    social::GraphBulkImport import(
        core.environment, core.accounts, import_name("follows", name), {.scratch = data}
    );
    TRY(const bool is_possible, run_task(import.begin()));
    if (!is_possible) {
        return std::optional<social::ImportProgress>();
    }
    TRY(const std::uint64_t lines, read_edges(import, source, bar));
    auto finished =
        std::async(std::launch::async, [&import, lines] { return run_task(import.finish(lines)); });
    while (finished.wait_for(kShowPause) != std::future_status::ready) {
        const double taken = static_cast<double>(std::max<std::uint64_t>(import.edges_taken(), 1));
        const double part = static_cast<double>(import.edges_written()) / taken;
        bar.show(kReadingPart + (1 - kReadingPart) * part, import.edges_written());
    }
    TRY(const social::ImportProgress progress, finished.get());
    return std::optional(progress);
}

}  // namespace rookery::app
