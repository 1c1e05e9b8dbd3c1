#include "app/command_line.h"
#include "app/core.h"
#include "app/import_in_bulk.h"
#include "app/line_source.h"
#include "app/operator_answer.h"
#include "app/progress_bar.h"
#include "base/encoding.h"
#include "base/random.h"
#include "store/compact.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::size_t kLinesPerStep = 4096;
constexpr std::size_t kBytesPerStep = std::size_t{1} << 20;

struct ImportOptions {
    CommonOptions common;
    std::string file;
    std::string name;
};

/// The same for the same file wherever it lies, another for another: file name, size and the hash
/// of its beginning. It is what lets a repeated import go on where the last one stopped. Standard
/// input cannot be told apart from another: it gets a new name each time.
std::string name_of(const std::string& path) {
    if (path == "-") {
        return "stdin-" + secure_random_token(12);
    }
    std::ifstream file(path, std::ios::binary);
    std::string begin(std::size_t{64} << 10, '\0');
    file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    const std::string base = std::filesystem::path(path).filename().string().substr(0, 100);
    return fmt::format("{}-{}-{}", base, size, hex_encode(sha256(begin)).substr(0, 12));
}

void print_outcome(
    const std::string& kind,
    std::uint64_t made,
    std::uint64_t accounts,
    std::uint64_t skipped,
    double seconds
) {
    fmt::print(
        "{} {} imported in {:.1f} s ({:.0f} a second); {} accounts made, {} lines skipped in all\n",
        made,
        kind,
        seconds,
        static_cast<double>(made) / std::max(seconds, 0.001),
        accounts,
        skipped
    );
}

/// How many were made; nothing if the data does not allow it: then no line was read.
std::optional<std::uint64_t> import_in_bulk(
    OperatorLink& link,
    const std::string& kind,
    const std::string& data,
    const std::string& name,
    LineSource& source,
    ProgressBar& bar
) {
    Core* const core = link.own_core();
    if (core == nullptr || kind != "follows") {
        return std::nullopt;
    }
    const auto done = import_graph_in_bulk(*core, data, name, source, bar);
    if (!done) {
        end_with(done.error());
    }
    if (!*done) {
        return std::nullopt;
    }
    const social::ImportProgress& progress = **done;
    print_outcome(kind, progress.made, progress.accounts, progress.skipped, bar.seconds());
    return progress.made;
}

/// After an import into a stopped server's data, which the link is given up for.
void put_in_order(
    const CommonOptions& options,
    std::unique_ptr<OperatorLink> link,
    std::uint64_t made
) {
    constexpr std::uint64_t kMany = 100'000;  // fewer are not worth going through what was there
    if (link->own_core() == nullptr || made < kMany) {
        return;
    }
    link.reset();
    Config config = options.read_config();
    settle(config);
    config.store.directory = store_path(options.data);
    constexpr unsigned kMegabyteBits = 20;
    ProgressBar bar("Putting the data in order", "MB");
    const auto done =
        store::compact(config.store, [&bar](std::uint64_t bytes, std::uint64_t all_bytes) {
            const double part = static_cast<double>(bytes) / static_cast<double>(all_bytes);
            bar.show(part, bytes >> kMegabyteBits);
        });
    if (!done) {  // no room on the disk, perhaps; the import itself is whole and safe
        fmt::print(
            stderr,
            "rookery: the data could not be put in order, which the server will do while it runs: "
            "{}\n",
            done.error().message
        );
    }
}

/// Hands the lines of a file to the importer of a kind, step by step.
void import_file(const std::string& kind, const ImportOptions& options) {
    auto source = LineSource::open(options.file);
    if (!source) {
        end_with(source.error());
    }
    auto link = options.common.link(true);
    const std::string name = options.name.empty() ? name_of(options.file) : options.name;
    ProgressBar bar("Importing " + options.file, kind);
    if (const auto made = import_in_bulk(*link, kind, options.common.data, name, *source, bar)) {
        put_in_order(options.common, std::move(link), *made);
        return;
    }
    const auto params = [&] {
        http::Params made;
        made.add("kind", kind);
        made.add("name", name);
        return made;
    };
    auto progress = ask_or_end(*link, "import.begin", params());
    const std::string session(progress.at("session").as_string());
    const std::uint64_t done_before = number_in(progress, "lines");
    const std::uint64_t made_before = number_in(progress, "made");
    if (done_before > 0) {
        fmt::print("Going on after line {}, where the last import stopped\n", done_before);
    }
    std::uint64_t line_number = 0;
    bool more = true;
    while (more) {
        std::string lines;
        std::size_t count = 0;
        while (count < kLinesPerStep && lines.size() < kBytesPerStep) {
            const auto line = source->next();
            if (!line) {
                more = false;
                break;
            }
            if (++line_number > done_before) {
                lines.append(*line).push_back('\n');
                ++count;
            }
        }
        if (count > 0) {
            auto step = params();
            step.add("session", session);
            step.add("lines_done", std::to_string(line_number));
            step.add("lines", lines);
            progress = ask_or_end(*link, "import.add", std::move(step));
        }
        bar.show(source->fraction_done(), number_in(progress, "made") - made_before);
    }
    const double seconds = bar.seconds();
    auto last = params();
    last.add("session", session);
    progress = ask_or_end(*link, "import.finish", std::move(last));
    if (auto finished = source->finish(); !finished) {
        end_with(finished.error());
    }
    const std::uint64_t made = number_in(progress, "made") - made_before;
    print_outcome(
        kind, made, number_in(progress, "accounts"), number_in(progress, "skipped"), seconds
    );
    put_in_order(options.common, std::move(link), made);
}

void add_kind(
    CLI::App& group,
    const std::string& name,
    const std::string& kind,
    const std::string& text
) {
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* command = group.add_subcommand(name, text);
    options->common.add_to(*command);
    command
        ->add_option(
            "FILE", options->file, "The file; .xz is unpacked on the way; - reads standard input"
        )
        ->required()
        ->type_name("FILE");
    command->add_option(
        "--name",
        options->name,
        "What the import is remembered by (default: made from the file; for standard input there "
        "is none, and a repeated import begins anew)"
    );
    command->callback([options, kind] { import_file(kind, *options); });
}

}  // namespace

void add_import_command(CLI::App& program) {
    CLI::App* group = program.add_subcommand(
        "import",
        "Load many follows, posts or tokens, into a running or a stopped server. An import that "
        "was\n"
        "interrupted goes on where it stopped when it is repeated. A graph for a stopped server\n"
        "that has no follows yet is loaded in one piece: all of it or nothing."
    );
    group->require_subcommand(1);
    add_kind(
        *group,
        "graph",
        "follows",
        "Load follows: a line is \"FOLLOWER FOLLOWEE\" in account numbers; # begins a comment.\n"
        "Accounts that do not exist are made."
    );
    add_kind(
        *group,
        "posts",
        "posts",
        "Load posts: a line is a text. They are dealt to the accounts by a seeded rule."
    );
    add_kind(
        *group,
        "tokens",
        "tokens",
        "Make access tokens: a line is \"ACCOUNT TOKEN\", the account by its number. Whoever can\n"
        "guess a token is that account; only their hashes are stored."
    );
}

}  // namespace rookery::app
