#include "load/report.h"

#include "base/json_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::load {

namespace {

double ms(std::int64_t ns) {
    return static_cast<double>(ns) / 1e6;
}

double ratio(std::uint64_t count, double of) {
    return of <= 0 ? 0 : static_cast<double>(count) / of;
}

std::string decimal(double value, int digits = 3) {
    return fmt::format("{:.{}f}", value, digits);
}

void write_kind(JsonWriter& json, const Recorder::Kind& kind, double seconds) {
    json.begin_object()
        .field("kind", kind.name)
        .field("planned", kind.planned)
        .field("answers", kind.answers)
        .key("achieved_per_s")
        .raw(decimal(ratio(kind.answers, seconds), 1))
        .key("bytes_per_answer")
        .raw(decimal(ratio(kind.bytes, static_cast<double>(kind.answers)), 0))
        .key("mean_ms")
        .raw(decimal(kind.latency.mean() / 1e6));
    constexpr std::pair<const char*, double> kQuantiles[] = {
        {"p50_ms", 0.5}, {"p90_ms", 0.9}, {"p99_ms", 0.99}, {"p999_ms", 0.999}
    };
    for (const auto& [name, quantile] : kQuantiles) {
        json.key(name).raw(decimal(ms(kind.latency.at(quantile))));
    }
    json.key("max_ms").raw(decimal(ms(kind.latency.max()))).end_object();
}

std::string row_of(const Recorder::Kind& kind, double seconds, bool closed_loop) {
    return fmt::format(
        "{:<14}{:>10}{:>10.0f}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}{:>10.3f}{:>9.0f}\n",
        kind.name,
        closed_loop ? "-" : fmt::format("{:.0f}", ratio(kind.planned, seconds)),
        ratio(kind.answers, seconds),
        ms(kind.latency.at(0.5)),
        ms(kind.latency.at(0.9)),
        ms(kind.latency.at(0.99)),
        ms(kind.latency.at(0.999)),
        ms(kind.latency.max()),
        ratio(kind.bytes, static_cast<double>(kind.answers))
    );
}

}  // namespace

Report::Report(RunFacts facts, const Recorder& recorder, const Bounds& bounds)
    : facts_(std::move(facts)), recorder_(recorder), all_(recorder.all()) {
    judge_client(bounds);
    judge_machine(bounds);
    judge_answers();
}

double Report::percent_of_core(double cpu_s) const {
    return wall_s() <= 0 ? 0 : 100 * cpu_s / wall_s();
}

double Report::server_cpu_s() const {
    return facts_.after.server_cpu_s - facts_.before.server_cpu_s;
}

double Report::client_cpu_s() const {
    const double idle_s = facts_.after.client_idle_s - facts_.before.client_idle_s;
    return facts_.after.client_cpu_s - facts_.before.client_cpu_s - idle_s;
}

double Report::others_cpu_s() const {
    const double all = facts_.after.tasks_cpu_s - facts_.before.tasks_cpu_s;
    const double client = facts_.after.client_cpu_s - facts_.before.client_cpu_s;
    return std::max(0.0, all - server_cpu_s() - client);
}

double Report::us_per_answer(double cpu_s) const {
    return all_.answers == 0 ? 0 : 1e6 * cpu_s / static_cast<double>(all_.answers);
}

void Report::judge_client(const Bounds& bounds) {
    const double late_ms = ms(recorder_.lateness().at(0.99));
    if (late_ms > bounds.lateness_p99_ms) {
        reasons_.push_back(fmt::format(
            "the client was late: it came to 1 % of its requests {:.2f} ms or more after their "
            "time "
            "(bound: {:.2f} ms)",
            late_ms,
            bounds.lateness_p99_ms
        ));
    }
    const double client = percent_of_core(client_cpu_s());
    if (client > bounds.client_cpu_percent) {
        reasons_.push_back(fmt::format(
            "the client was the bottleneck: it used {:.0f} % of its core (bound: {:.0f} %)",
            client,
            bounds.client_cpu_percent
        ));
    }
}

void Report::judge_machine(const Bounds& bounds) {
    const double others = percent_of_core(others_cpu_s());
    if (others > bounds.others_percent) {
        reasons_.push_back(fmt::format(
            "the machine was busy with something else: {:.1f} % of a core (bound: {:.1f} %)",
            others,
            bounds.others_percent
        ));
    }
    const double steal = percent_of_core(facts_.after.steal_s - facts_.before.steal_s);
    if (steal > bounds.steal_percent) {
        reasons_.push_back(fmt::format(
            "the hypervisor took {:.1f} % of a core away (bound: {:.1f} %)",
            steal,
            bounds.steal_percent
        ));
    }
}

void Report::judge_answers() {
    for (const auto& [what, count] : recorder_.errors()) {
        reasons_.push_back(fmt::format("{} requests failed: {}", count, what));
    }
    const Judgement& judgement = facts_.judgement;
    if (judgement.wrong > 0) {
        reasons_.push_back(fmt::format(
            "{} of {} sampled answers were wrong: {}",
            judgement.wrong,
            judgement.samples,
            judgement.complaints.empty() ? "" : judgement.complaints.front()
        ));
    }
    if (all_.answers == 0) {
        reasons_.emplace_back("there were no answers");
    } else if (judgement.samples == 0) {
        reasons_.emplace_back("no answer was checked");
    }
}

std::string Report::text() const {
    const double seconds = facts_.seconds;
    std::string out = fmt::format(
        "{} against {}: {} loop, {} {}, {:.1f} s, seed {}{}\n",
        facts_.workload,
        facts_.target,
        facts_.closed_loop ? "closed" : "open",
        facts_.connections,
        facts_.keep_alive ? "connections" : "at once, each on a connection of its own",
        seconds,
        facts_.seed,
        facts_.stays_awake ? ", by a client that never sleeps" : ""
    );
    out += fmt::format(
        "{:<14}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}{:>10}{:>9}\n",
        "kind",
        "offered/s",
        "done/s",
        "p50 ms",
        "p90 ms",
        "p99 ms",
        "p99.9 ms",
        "max ms",
        "bytes"
    );
    auto kinds = recorder_.kinds();
    if (kinds.size() > 1) {
        kinds.push_back(all_);
    }
    for (const auto& kind : kinds) {
        out += row_of(kind, seconds, facts_.closed_loop);
    }
    constexpr double kMega = 1e6;
    out += fmt::format(
        "server: {:.2f} us CPU an answer, {:.1f} % of a core; resident {:.1f} MB before, {:.1f} MB "
        "after\n"
        "client: {:.2f} us CPU an answer, {:.1f} % of a core; late by {:.3f} ms (p99); {} "
        "reconnects\n"
        "machine: others {:.1f} % of a core, interrupts {:.1f} %, stolen {:.1f} %\n",
        us_per_answer(server_cpu_s()),
        percent_of_core(server_cpu_s()),
        static_cast<double>(facts_.before.server_rss) / kMega,
        static_cast<double>(facts_.after.server_rss) / kMega,
        us_per_answer(client_cpu_s()),
        percent_of_core(client_cpu_s()),
        ms(recorder_.lateness().at(0.99)),
        facts_.reconnects,
        percent_of_core(others_cpu_s()),
        percent_of_core(facts_.after.interrupts_cpu_s - facts_.before.interrupts_cpu_s),
        percent_of_core(facts_.after.steal_s - facts_.before.steal_s)
    );
    out += fmt::format(
        "checked: {} answers ({} home pages post by post), {} wrong\n",
        facts_.judgement.samples,
        facts_.judgement.compared,
        facts_.judgement.wrong
    );
    for (const std::string& complaint : facts_.judgement.complaints) {
        out += "  wrong: " + complaint + "\n";
    }
    out += is_valid() ? "VALID\n" : "INVALID\n";
    for (const std::string& reason : reasons_) {
        out += "  because " + reason + "\n";
    }
    return out;
}

std::string Report::json() const {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("workload", facts_.workload)
        .field("target", facts_.target)
        .field("loop", facts_.closed_loop ? "closed" : "open")
        .field("connections", facts_.connections)
        .field("stays_awake", facts_.stays_awake)
        .field("keep_alive", facts_.keep_alive)
        .field("seed", facts_.seed)
        .key("seconds")
        .raw(decimal(facts_.seconds))
        .field("valid", is_valid())
        .key("reasons")
        .begin_array();
    for (const std::string& reason : reasons_) {
        json.string(reason);
    }
    json.end_array()
        .key("offered_per_s")
        .raw(decimal(ratio(all_.planned, facts_.seconds), 1))
        .key("all");
    write_kind(json, all_, facts_.seconds);
    json.key("kinds").begin_array();
    for (const auto& kind : recorder_.kinds()) {
        write_kind(json, kind, facts_.seconds);
    }
    json.end_array().key("errors").begin_object();
    for (const auto& [what, count] : recorder_.errors()) {
        json.field(what, count);
    }
    json.end_object()
        .key("server_cpu_us")
        .raw(decimal(us_per_answer(server_cpu_s())))
        .key("server_cpu_percent")
        .raw(decimal(percent_of_core(server_cpu_s()), 1))
        .field("server_rss_before", facts_.before.server_rss)
        .field("server_rss_after", facts_.after.server_rss)
        .key("client_cpu_us")
        .raw(decimal(us_per_answer(client_cpu_s())))
        .key("client_cpu_percent")
        .raw(decimal(percent_of_core(client_cpu_s()), 1))
        .key("client_late_p99_ms")
        .raw(decimal(ms(recorder_.lateness().at(0.99))))
        .field("reconnects", facts_.reconnects)
        .key("others_percent")
        .raw(decimal(percent_of_core(others_cpu_s()), 1))
        .key("interrupts_percent")
        .raw(decimal(
            percent_of_core(facts_.after.interrupts_cpu_s - facts_.before.interrupts_cpu_s), 1
        ))
        .key("steal_percent")
        .raw(decimal(percent_of_core(facts_.after.steal_s - facts_.before.steal_s), 1))
        .field("samples", facts_.judgement.samples)
        .field("compared", facts_.judgement.compared)
        .field("wrong", facts_.judgement.wrong)
        .end_object();
    return out;
}

}  // namespace rookery::load
