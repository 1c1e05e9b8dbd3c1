#include "app/command_line.h"
#include "app/operator_answer.h"
#include "app/progress_bar.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace rookery::app {

namespace {

constexpr std::chrono::milliseconds kAskedEvery{200};

void reindex(const CommonOptions& options) {
    const auto link = options.link();
    const std::uint64_t before = number_in(ask_or_end(*link, "search.reindex"), "fills_ended");
    ProgressBar bar("Indexing posts", "posts");
    auto progress = ask_or_end(*link, "search.progress");
    while (number_in(progress, "fills_ended") == before) {
        bar.show_count(number_in(progress, "posts_done"));
        if (link->is_remote()) {
            std::this_thread::sleep_for(kAskedEvery);
        }
        progress = ask_or_end(*link, "search.progress");
    }
    constexpr double kMegabyte = 1'000'000;
    fmt::print(
        "{} posts of {} accounts indexed in {:.1f} s; the index has {} posts and {:.1f} MB\n",
        number_in(progress, "posts_done"),
        number_in(progress, "accounts_done"),
        bar.seconds(),
        number_in(progress, "documents"),
        static_cast<double>(number_in(progress, "bytes")) / kMegabyte
    );
}

}  // namespace

void add_reindex_command(CLI::App& program) {
    const auto options = std::make_shared<CommonOptions>();
    CLI::App* command = program.add_subcommand(
        "reindex",
        "Put all posts into the search index again, from the beginning. A running server serves\n"
        "and searches meanwhile. The server does this by itself when the index is missing,\n"
        "damaged, or too old to be brought up to date."
    );
    options->add_to(*command);
    command->callback([options] { reindex(*options); });
}

}  // namespace rookery::app
