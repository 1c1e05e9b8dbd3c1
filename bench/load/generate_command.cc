#include "base/random.h"
#include "load/command_line.h"
#include "load/dataset.h"
#include "load/made_up_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::load {

namespace {

struct GenerateOptions {
    DatasetOptions dataset;
    std::string from;
    bool undirected = false;
    std::string edges;
    std::string posts;
    std::string tokens;
    std::uint64_t posts_per_account = 50;
    std::uint64_t tokens_max = 0;
};

/// Lines for a file, or for standard output ("-"), in large writes.
class LineWriter {
public:
    explicit LineWriter(const std::string& path)
        : path_(path), file_(path == "-" ? stdout : std::fopen(path.c_str(), "we")) {
        buffer_.reserve(kBufferBytes + 4096);
    }
    LineWriter(const LineWriter&) = delete;
    LineWriter& operator=(const LineWriter&) = delete;
    ~LineWriter() {
        if (file_ != nullptr && file_ != stdout) {
            static_cast<void>(std::fclose(file_));
        }
    }

    LineWriter& text(std::string_view bytes) {
        buffer_ += bytes;
        return *this;
    }
    LineWriter& number(std::uint64_t value) {
        char digits[24];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
        buffer_.append(digits, end);
        return *this;
    }
    void end_line() {
        buffer_ += '\n';
        if (buffer_.size() >= kBufferBytes) {
            flush();
        }
    }
    /// To be called last; what could not be written is an error.
    [[nodiscard]] Result<void> finish() {
        flush();
        if (file_ == nullptr || failed_ || std::fflush(file_) != 0) {
            return fail(ErrorCode::kInternal, "cannot write " + path_);
        }
        return {};
    }

private:
    static constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

    void flush() {
        if (file_ == nullptr ||
            std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
            failed_ = true;
        }
        buffer_.clear();
    }

    std::string path_;
    FILE* file_;
    std::string buffer_;
    bool failed_ = false;
};

Result<void> write_made_up_edges(const GenerateOptions& options) {
    const MadeUpGraph graph(options.dataset);
    LineWriter out(options.edges);
    for (std::uint64_t account = 1; account <= options.dataset.accounts; ++account) {
        for (const std::uint64_t followee : graph.followees(account)) {
            out.number(account).text(" ").number(followee).end_line();
        }
    }
    return out.finish();
}

/// Copies an edge list of another origin: accounts are numbered from 1 without gaps, in the order
/// of their ids there, and each edge is there once. Returns how many accounts there are.
Result<std::uint64_t> write_given_edges(const GenerateOptions& options) {
    std::ifstream file;
    if (options.from != "-") {
        file.open(options.from);
        if (!file) {
            return fail(ErrorCode::kNotFound, "cannot read " + options.from);
        }
    }
    std::istream& in = options.from == "-" ? std::cin : file;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> edges;
    std::vector<std::uint64_t> ids;
    std::string line;
    for (std::uint64_t number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line[0] == '#' || line[0] == '%') {
            continue;
        }
        const auto edge = parse_edge(line);
        if (!edge) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("{}, line {}: must be \"FOLLOWER FOLLOWEE\"", options.from, number)
            );
        }
        ids.push_back(edge->first);
        ids.push_back(edge->second);
        if (edge->first != edge->second) {
            edges.push_back(*edge);
            if (options.undirected) {
                edges.emplace_back(edge->second, edge->first);
            }
        }
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::ranges::sort(edges);
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    const auto number_of = [&](std::uint64_t id) {
        return static_cast<std::uint64_t>(std::ranges::lower_bound(ids, id) - ids.begin()) + 1;
    };
    if (!options.edges.empty()) {
        LineWriter out(options.edges);
        for (const auto& [follower, followee] : edges) {
            out.number(number_of(follower)).text(" ").number(number_of(followee)).end_line();
        }
        if (auto done = out.finish(); !done) {
            return std::move(done).error();
        }
    }
    return ids.size();
}

Result<void> write_posts(const GenerateOptions& options, std::uint64_t accounts) {
    LineWriter out(options.posts);
    Random random(options.dataset.seed ^ 0x7E47ULL);
    for (std::uint64_t i = 0; i < accounts * options.posts_per_account; ++i) {
        out.text(made_up_text(random, fmt::format("t{}", i))).end_line();
    }
    return out.finish();
}

Result<void> write_tokens(const GenerateOptions& options, std::uint64_t accounts) {
    LineWriter out(options.tokens);
    const std::uint64_t count =
        options.tokens_max == 0 ? accounts : std::min(options.tokens_max, accounts);
    for (std::uint64_t account = 1; account <= count; ++account) {
        out.number(account).text(" ").text(made_up_token(options.dataset.seed, account)).end_line();
    }
    return out.finish();
}

Result<void> generate(const GenerateOptions& options) {
    std::uint64_t accounts = options.dataset.accounts;
    if (!options.from.empty()) {
        TRY(accounts, write_given_edges(options));
    } else if (!options.edges.empty()) {
        if (auto done = write_made_up_edges(options); !done) {
            return done;
        }
    }
    if (!options.posts.empty()) {
        if (auto done = write_posts(options, accounts); !done) {
            return done;
        }
    }
    return options.tokens.empty() ? Result<void>{} : write_tokens(options, accounts);
}

void add_options(CLI::App& command, GenerateOptions& options) {
    command.add_option("--accounts", options.dataset.accounts, "How many, numbered from 1")
        ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{1} << 40))
        ->capture_default_str();
    command.add_option("--seed", options.dataset.seed, "The same seed makes the same network")
        ->capture_default_str();
    command
        .add_option(
            "--celebrity-share",
            options.dataset.celebrity_share,
            "So many of all follow account 1, whoever else they follow"
        )
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command
        .add_option(
            "--from",
            options.from,
            "Take the follows from this edge list instead (- is standard input)"
        )
        ->type_name("FILE");
    command.add_flag("--undirected", options.undirected, "Each line of it is a follow both ways");
    command.add_option("--edges", options.edges, "Write the follows here (- is standard output)")
        ->type_name("FILE");
    command.add_option("--posts", options.posts, "Write the texts of posts here, one a line")
        ->type_name("FILE");
    command.add_option("--posts-per-account", options.posts_per_account, "So many on the average")
        ->capture_default_str();
    command.add_option("--tokens", options.tokens, "Write lines \"ACCOUNT TOKEN\" here")
        ->type_name("FILE");
    command.add_option(
        "--tokens-max", options.tokens_max, "Only for the first so many (default: all)"
    );
}

}  // namespace

void add_generate_command(CLI::App& program, int& exit_code) {
    const auto options = std::make_shared<GenerateOptions>();
    CLI::App* command = program.add_subcommand(
        "generate",
        "Make the follows, posts and tokens of a network, for rookery import. How many an account\n"
        "follows is lognormal (mean 40, sigma 1.2, at most 5,000); how many follow it, a power "
        "law\n"
        "(exponent 2.2); a fifth of all follow account 1 besides. What is made is written as it "
        "is\n"
        "made, so any size can be piped on."
    );
    add_options(*command, *options);
    command->callback([options, &exit_code] {
        const auto done = generate(*options);
        if (!done) {
            fmt::print(stderr, "rookery-bench: {}\n", done.error().message);
        }
        exit_code = done ? 0 : 1;
    });
}

}  // namespace rookery::load
