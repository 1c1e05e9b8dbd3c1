#include "base/json_writer.h"
#include "load/clock.h"
#include "load/command_line.h"
#include "load/graph.h"
#include "load/histogram.h"
#include "load/made_up_text.h"
#include "load/meter.h"
#include "load/people.h"
#include "load/stream_set.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rookery::load {

namespace {

constexpr double kDeliverySeconds = 5;

struct StreamsOptions {
    std::string target = "http://127.0.0.1:8080";
    std::string tokens;
    std::string graph;
    std::string json;
    std::size_t streams = 1000;
    std::size_t posts = 10;
    double seconds = 5;
    bool sse = false;
    std::vector<int> server_pids;
};

struct StreamsResult {
    double open_s = 0;
    Counters before;
    Counters opened;
    Counters idle;
    std::size_t receivers = 0;
    std::size_t unasked = 0;  ///< deliveries to streams whose owner does not follow the author
    std::size_t missing = 0;
    std::size_t closed = 0;
    Histogram delivery;

    [[nodiscard]] bool is_valid() const { return missing == 0 && unasked == 0 && closed == 0; }
};

/// Streams belong to the people in turn.
std::size_t owner_of(std::size_t stream, const People& people) {
    return stream % people.size();
}

/// The author whom the most owners follow, and for each stream whether its owner does (or is it).
Result<std::pair<std::size_t, std::vector<bool>>>
choose_author(const StreamsOptions& options, const People& people) {
    std::unordered_set<std::uint64_t> owners;
    std::unordered_map<std::uint64_t, std::size_t> person_of;
    for (std::size_t i = 0; i < std::min(options.streams, people.size()); ++i) {
        owners.insert(people.number(i));
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        person_of[people.number(i)] = i;
    }
    EdgeListGraph graph;
    if (!options.graph.empty()) {
        if (auto read = graph.read(options.graph, owners); !read) {
            return std::move(read).error();
        }
    }
    std::vector<std::vector<std::size_t>> followers(people.size());
    for (std::size_t stream = 0; stream < options.streams; ++stream) {
        const std::size_t owner = owner_of(stream, people);
        followers[owner].push_back(stream);
        for (const std::uint64_t followee : graph.followees(people.number(owner))) {
            if (const auto found = person_of.find(followee); found != person_of.end()) {
                followers[found->second].push_back(stream);
            }
        }
    }
    const auto most = std::ranges::max_element(followers, {}, &std::vector<std::size_t>::size);
    std::vector<bool> receives(options.streams);
    for (const std::size_t stream : *most) {
        receives[stream] = true;
    }
    return std::pair(static_cast<std::size_t>(most - followers.begin()), std::move(receives));
}

/// One post by the author; when which stream hears of it.
Result<void> deliver(
    const Target& target,
    std::string_view token,
    const std::string& mark,
    const std::vector<bool>& receives,
    StreamSet& streams,
    StreamsResult& result
) {
    Random random(clock_ns() & 0xFFFF);
    const std::string request = target.send(
        "POST",
        "/api/v1/statuses",
        token,
        fmt::format(R"({{"status":"{}"}})", made_up_text(random, mark))
    );
    TRY(const int fd, connect_to(target));
    const std::int64_t begin_ns = clock_ns();
    static_cast<void>(send(fd, request.data(), request.size(), MSG_NOSIGNAL));
    std::vector<bool> heard(streams.size());
    auto left = static_cast<std::size_t>(std::ranges::count(receives, true));
    streams.listen(
        kDeliverySeconds,
        [&](std::size_t stream, std::string_view bytes) {
            if (heard[stream] || bytes.find(mark) == std::string_view::npos) {
                return;
            }
            heard[stream] = true;
            if (receives[stream]) {
                result.delivery.record(clock_ns() - begin_ns);
                --left;
            } else {
                ++result.unasked;
            }
        },
        [&] { return left == 0; }
    );
    close(fd);
    result.missing += left;
    return {};
}

Result<StreamsResult> measure(const StreamsOptions& options) {
    TRY(const Target target, parse_target(options.target));
    TRY(const People people, People::read(options.tokens, options.streams));
    TRY(const auto chosen, choose_author(options, people));
    const auto& [author, receives] = chosen;
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < options.streams; ++i) {
        tokens.emplace_back(people.token(owner_of(i, people)));
    }
    std::vector<pid_t> server(options.server_pids.begin(), options.server_pids.end());
    const Meter meter(server.empty() ? listening_processes(target) : server);
    StreamsResult result;
    StreamSet streams(
        target, options.sse ? StreamProtocol::kServerSentEvents : StreamProtocol::kWebSocket
    );
    result.before = meter.read();
    if (auto opened = streams.open(tokens); !opened) {
        return std::move(opened).error();
    }
    result.opened = meter.read();
    result.open_s = result.opened.wall_s - result.before.wall_s;
    streams.listen(options.seconds, [](std::size_t, std::string_view) {}, [] { return false; });
    result.idle = meter.read();
    result.receivers = static_cast<std::size_t>(std::ranges::count(receives, true));
    for (std::size_t i = 0; i < options.posts; ++i) {
        const std::string mark = fmt::format("s{:x}n{}", clock_ns(), i);
        if (auto done = deliver(target, people.token(author), mark, receives, streams, result);
            !done) {
            return std::move(done).error();
        }
    }
    result.closed = streams.closed();
    return result;
}

double bytes_per_stream(const StreamsOptions& options, const StreamsResult& result) {
    const auto before = static_cast<double>(result.before.server_rss);
    const auto after = static_cast<double>(result.idle.server_rss);
    return (after - before) / static_cast<double>(options.streams);
}

double idle_cpu_percent(const StreamsResult& result) {
    const double cpu_s = result.idle.server_cpu_s - result.opened.server_cpu_s;
    return 100 * cpu_s / std::max(result.idle.wall_s - result.opened.wall_s, 1e-9);
}

double ms(std::int64_t ns) {
    return static_cast<double>(ns) / 1e6;
}

void print(const StreamsOptions& options, const StreamsResult& result) {
    fmt::print(
        "{} {} streams opened in {:.2f} s; {:.0f} bytes resident each; idle, the server used "
        "{:.2f} % "
        "of a core\n"
        "{} posts, each to {} streams: heard after {:.2f} ms (p50), {:.2f} ms (p99), {:.2f} ms "
        "(max); {} missing, {} to strangers; {} streams ended\n{}\n",
        options.streams,
        options.sse ? "event" : "WebSocket",
        result.open_s,
        bytes_per_stream(options, result),
        idle_cpu_percent(result),
        options.posts,
        result.receivers,
        ms(result.delivery.at(0.5)),
        ms(result.delivery.at(0.99)),
        ms(result.delivery.max()),
        result.missing,
        result.unasked,
        result.closed,
        result.is_valid() ? "VALID" : "INVALID"
    );
}

Result<void> write_json(const StreamsOptions& options, const StreamsResult& result) {
    std::string out;
    const auto decimal = [](double value) { return fmt::format("{:.3f}", value); };
    JsonWriter json(out);
    json.begin_object()
        .field("workload", "streams")
        .field("protocol", options.sse ? "sse" : "websocket")
        .field("streams", options.streams)
        .field("valid", result.is_valid())
        .key("open_s")
        .raw(decimal(result.open_s))
        .field("server_rss_before", result.before.server_rss)
        .field("server_rss_after", result.idle.server_rss)
        .key("bytes_per_stream")
        .raw(decimal(bytes_per_stream(options, result)))
        .key("idle_cpu_percent")
        .raw(decimal(idle_cpu_percent(result)))
        .field("receivers", result.receivers)
        .field("missing", result.missing)
        .field("unasked", result.unasked)
        .field("closed", result.closed)
        .key("delivery_p50_ms")
        .raw(decimal(ms(result.delivery.at(0.5))))
        .key("delivery_p99_ms")
        .raw(decimal(ms(result.delivery.at(0.99))))
        .key("delivery_max_ms")
        .raw(decimal(ms(result.delivery.max())))
        .end_object();
    std::ofstream file(options.json, std::ios::app);
    file << out << "\n";
    file.close();
    return file ? Result<void>{} : fail(ErrorCode::kInternal, "cannot write " + options.json);
}

void add_options(CLI::App& command, StreamsOptions& options) {
    command.add_option("--target", options.target, "The server")->capture_default_str();
    command.add_option("--tokens", options.tokens, "Whose streams: as for run")->required();
    command.add_option(
        "--graph",
        options.graph,
        "Edge list: then the author whom the most of them follow posts, and exactly those must hear"
    );
    command.add_option("--streams", options.streams, "How many")
        ->check(CLI::Range(1, 60'000))
        ->capture_default_str();
    command.add_option("--posts", options.posts, "How many posts to deliver")
        ->capture_default_str();
    command.add_option("--seconds", options.seconds, "How long to be idle")->capture_default_str();
    command.add_flag("--sse", options.sse, "Server-sent events in place of WebSocket");
    command.add_option("--server-pid", options.server_pids, "As for run");
    command.add_option("--json", options.json, "Append the result to this file");
}

}  // namespace

void add_streams_command(CLI::App& program, int& exit_code) {
    const auto options = std::make_shared<StreamsOptions>();
    CLI::App* command = program.add_subcommand(
        "streams",
        "Open many streams, and tell what each costs and how soon it hears of a post.\n"
        "Invalid if one is ended, if a post does not come to each follower's, or comes to "
        "another's."
    );
    add_options(*command, *options);
    command->callback([options, &exit_code] {
        auto result = measure(*options);
        Result<void> written;
        if (result) {
            print(*options, *result);
            written = options->json.empty() ? Result<void>{} : write_json(*options, *result);
        }
        if (!result || !written) {
            fmt::print(
                stderr,
                "rookery-bench: {}\n",
                result ? written.error().message : result.error().message
            );
        }
        exit_code = result && written && result->is_valid() ? 0 : 1;
    });
}

}  // namespace rookery::load
