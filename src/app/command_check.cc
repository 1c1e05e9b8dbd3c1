#include "app/command_line.h"
#include "app/core.h"
#include "app/data_check.h"
#include "app/progress_bar.h"
#include "base/log.h"
#include "search/index_files.h"
#include "social/event.h"
#include "store/check.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace rookery::app {

namespace {

Result<void> check_event(const ports::StoredEvent& event) {
    const auto decoded = social::decode(event.event);
    if (!decoded) {
        return decoded.error();
    }
    return {};
}

/// A damaged index costs nothing but the time to make it anew.
Result<void> check_search_index(const std::string& data) {
    const search::IndexFiles files(search_path(data));
    TRY(const search::Manifest manifest, files.read_manifest());
    for (const std::uint64_t file : manifest.files) {
        TRY(const search::Part part, files.read_part(file));
        if (!part.segment->is_intact()) {
            return fail(
                ErrorCode::kCorrupt,
                fmt::format("segment {} of the search index has another checksum", file)
            );
        }
    }
    return {};
}

void check(const CommonOptions& options) {
    Config config = options.read_config();
    settle(config);
    config.store.directory = store_path(options.data);
    if (!std::filesystem::exists(config.store.directory)) {
        end_with(fmt::format(
            "there is no data of Rookery in {}; name its directory with --data", options.data
        ));
    }
    log::set_level(log::Level::kError);  // what is wrong stands in the report
    DataCheck data;
    ProgressBar bar("Checking " + options.data, "rows");
    store::CheckOptions what;
    what.check_row = [&](const auto& key, auto value, const auto& lookup) {
        return data.check_row(key, value, lookup);
    };
    what.check_event = check_event;
    what.progress = [&](std::uint64_t rows) { bar.show_count(rows); };
    auto report = store::check(config.store, what);
    if (!report) {
        end_with(report.error());
    }
    for (std::string& problem : data.finish()) {
        ++report->problem_count;
        report->problems.push_back(std::move(problem));
    }
    if (const auto index = check_search_index(options.data); !index) {
        ++report->problem_count;
        report->problems.push_back(
            index.error().message + "; the next start makes it anew, or `rookery reindex`"
        );
    }
    for (const std::string& problem : report->problems) {
        fmt::print("{}\n", problem);
    }
    fmt::print(
        "{}: format {}, {} rows, {} events ({} to {}), {} problems\n",
        options.data,
        report->format_version,
        report->rows,
        report->events,
        report->first_event,
        report->last_event,
        report->problem_count
    );
    if (!report->healthy()) {
        throw CLI::RuntimeError(1);
    }
}

}  // namespace

void add_check_command(CLI::App& program) {
    const auto options = std::make_shared<CommonOptions>();
    CLI::App* command = program.add_subcommand(
        "check",
        "Verify the data directory of a stopped server without changing it: checksums, every\n"
        "record, that indexes and what they point to have each other, every count, the search index"
    );
    options->add_to(*command);
    command->callback([options] { check(*options); });
}

}  // namespace rookery::app
