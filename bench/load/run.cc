#include "load/run.h"

#include "load/arrivals.h"
#include "load/dataset.h"
#include "load/engine.h"
#include "load/fetcher.h"
#include "load/graph.h"
#include "load/home_judge.h"
#include "load/people.h"
#include "load/workload.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <utility>

namespace rookery::load {

namespace {

constexpr double kZipfExponent = 0.8;
// A closed loop goes round a plan of so many arrivals.
constexpr double kClosedLoopArrivals = 200'000;

Result<double> exponent_of(const std::string& readers) {
    if (readers == "zipf") {
        return kZipfExponent;
    }
    if (readers == "uniform") {
        return 0.0;
    }
    return fail(ErrorCode::kInvalid, "--readers must be zipf or uniform");
}

std::vector<std::int64_t> arrivals_of(const RunOptions& options) {
    const double seconds = options.warmup_seconds + options.seconds;
    const double rate = options.closed_loop ? kClosedLoopArrivals / seconds : options.rate;
    return poisson_arrivals(rate, seconds, options.seed);
}

std::vector<pid_t> server_of(const RunOptions& options, const Target& target) {
    if (options.server_pids.empty()) {
        return listening_processes(target);
    }
    return {options.server_pids.begin(), options.server_pids.end()};
}

/// Judges each answer by itself, then home pages against the graph and the authors' own pages.
Result<Judgement> judge(
    const Workload& workload,
    const HomeJudge* home,
    Fetcher& fetcher,
    const std::vector<KeptAnswer>& kept
) {
    Judgement judgement;
    const auto complain = [&](const std::string& kind, const std::string& what) {
        ++judgement.wrong;
        if (judgement.complaints.size() < 5) {
            judgement.complaints.push_back(kind + ": " + what);
        }
    };
    std::vector<const KeptAnswer*> sound;
    const auto kinds = workload.kinds();
    for (const KeptAnswer& answer : kept) {
        ++judgement.samples;
        if (const auto what = workload.source_of(answer.operation.kind).judge(answer)) {
            complain(kinds[answer.operation.kind], *what);
        } else {
            sound.push_back(&answer);
        }
    }
    if (home != nullptr) {
        TRY(const auto verdict, home->judge(workload, sound, fetcher));
        judgement.compared = verdict.compared;
        for (const auto& what : verdict.complaints) {
            complain("home", what);
        }
    }
    return judgement;
}

struct Measured {
    Counters before;
    Counters after;
    std::uint64_t reconnects = 0;
};

Result<Measured>
measure(const RunOptions& options, const Target& target, const Plan& plan, Recorder& recorder) {
    const Meter meter(server_of(options, target));
    Measured measured;
    const auto begin_ns = static_cast<std::int64_t>(options.warmup_seconds * 1e9);
    const auto end_ns = begin_ns + static_cast<std::int64_t>(options.seconds * 1e9);
    const Engine* running = nullptr;
    const auto read = [&meter, &running] {
        Counters counters = meter.read();
        counters.client_idle_s = running->idle_awake_s();
        return counters;
    };
    Engine engine(
        target,
        {.connections = options.connections,
         .closed_loop = options.closed_loop,
         .stays_awake = options.stays_awake,
         .seconds = options.warmup_seconds + options.seconds,
         .drain_seconds = options.drain_seconds,
         .marks =
             {
                 {begin_ns, [&] { measured.before = read(); }},
                 {end_ns, [&] { measured.after = read(); }},
             }}
    );
    running = &engine;
    if (auto opened = engine.open(); !opened) {
        return std::move(opened).error();
    }
    engine.run(plan, recorder);
    measured.reconnects = engine.reconnects();
    return measured;
}

Result<void> print(const Report& report, const RunOptions& options) {
    fmt::print("{}", report.text());
    std::fflush(stdout);
    if (options.json.empty()) {
        return {};
    }
    std::ofstream file(options.json, std::ios::app);
    file << report.json() << "\n";
    file.close();
    if (!file) {
        return fail(ErrorCode::kInternal, "cannot write " + options.json);
    }
    return {};
}

}  // namespace

Result<bool> run_workload(const RunOptions& options) {
    TRY(const double exponent, exponent_of(options.readers));
    TRY(Target target, parse_target(options.target));
    if (options.gzip && options.workload != "raw") {
        return fail(
            ErrorCode::kInvalid, "--gzip needs --workload raw: compressed answers are not judged"
        );
    }
    target.keeps_alive = options.keep_alive;
    target.accepts_gzip = options.gzip;
    TRY(const People people, People::read(options.tokens, options.people_max));
    const PeopleChoice readers(people.size(), exponent, options.seed);
    const Scene scene{.target = target, .people = people, .readers = readers, .seed = options.seed};
    TRY(Workload workload, Workload::make(options.workload, scene, options.requests));
    Fetcher fetcher(target);
    if (auto prepared = workload.prepare(fetcher); !prepared) {
        return std::move(prepared).error();
    }
    const Plan plan = workload.plan(arrivals_of(options), options.sample_every, options.seed);
    std::unique_ptr<HomeJudge> home;
    if (options.generated.accounts > 0) {
        home = std::make_unique<HomeJudge>(scene);
        home->use_graph(std::make_unique<MadeUpGraph>(options.generated));
    } else if (!options.graph.empty()) {
        home = std::make_unique<HomeJudge>(scene);
        if (auto read = home->read_graph(options.graph, workload, plan); !read) {
            return std::move(read).error();
        }
    }

    const auto begin_ns = static_cast<std::int64_t>(options.warmup_seconds * 1e9);
    const auto end_ns = begin_ns + static_cast<std::int64_t>(options.seconds * 1e9);
    Recorder recorder(workload.kinds(), options.closed_loop, begin_ns, end_ns);
    TRY(const Measured measured, measure(options, target, plan, recorder));
    if (auto restored = workload.restore(fetcher); !restored) {
        return std::move(restored).error();
    }
    TRY(Judgement judgement, judge(workload, home.get(), fetcher, recorder.kept()));
    const Report report(
        {.workload = options.workload,
         .target = options.target,
         .closed_loop = options.closed_loop,
         .stays_awake = options.stays_awake,
         .connections = options.connections,
         .keep_alive = options.keep_alive,
         .seed = options.seed,
         .seconds = options.seconds,
         .reconnects = measured.reconnects,
         .before = measured.before,
         .after = measured.after,
         .judgement = std::move(judgement)},
        recorder,
        options.bounds
    );
    if (auto printed = print(report, options); !printed) {
        return std::move(printed).error();
    }
    return report.is_valid();
}

}  // namespace rookery::load
