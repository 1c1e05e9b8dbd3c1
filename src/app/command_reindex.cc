#include "app/command_line.h"
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

boost::json::value ask(OperatorLink& link, const std::string& operation) {
    const auto answer = link.ask(operation, {});
    if (!answer) {
        end_with(answer.error());
    }
    return boost::json::parse(*answer);
}

std::uint64_t number(const boost::json::value& json, std::string_view key) {
    return json.at(key).to_number<std::uint64_t>();
}

void reindex(const CommonOptions& options) {
    const auto link = options.link();
    const std::uint64_t before = number(ask(*link, "search.reindex"), "fills_ended");
    ProgressBar bar("Indexing posts", "posts");
    auto progress = ask(*link, "search.progress");
    while (number(progress, "fills_ended") == before) {
        bar.show_count(number(progress, "posts_done"));
        if (link->is_remote()) {
            std::this_thread::sleep_for(kAskedEvery);
        }
        progress = ask(*link, "search.progress");
    }
    constexpr double kMegabyte = 1'000'000;
    fmt::print(
        "{} posts of {} accounts indexed in {:.1f} s; the index has {} posts and {:.1f} MB\n",
        number(progress, "posts_done"),
        number(progress, "accounts_done"),
        bar.seconds(),
        number(progress, "documents"),
        static_cast<double>(number(progress, "bytes")) / kMegabyte
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
