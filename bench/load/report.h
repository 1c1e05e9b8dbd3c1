#pragma once

#include "load/meter.h"
#include "load/recorder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::load {

/// Beyond these a run measured something else than the server.
struct Bounds {
    double lateness_p99_ms = 1;      ///< the client came too late to its own schedule
    double client_cpu_percent = 95;  ///< of one core: the client was the bottleneck
    double others_percent = 5;       ///< of one core: processes that are neither server nor client
    double steal_percent = 1;        ///< of one core: the hypervisor's other guests
};

/// What judging the kept answers came to.
struct Judgement {
    std::uint64_t samples = 0;
    std::uint64_t compared = 0;  ///< of them, home pages that were compared post by post
    std::uint64_t wrong = 0;
    std::vector<std::string> complaints;  ///< the first few, in words
};

/// Everything that a run is reported from.
struct RunFacts {
    std::string workload;
    std::string target;
    bool closed_loop = false;
    bool stays_awake = false;
    std::size_t connections = 0;
    bool keep_alive = true;
    std::uint64_t seed = 0;
    double seconds = 0;  ///< of the measured window
    std::uint64_t reconnects = 0;
    Counters before;
    Counters after;
    Judgement judgement;
};

/// A finished run: its numbers, and whether they may be believed.
class Report {
public:
    Report(RunFacts facts, const Recorder& recorder, const Bounds& bounds);

    /// Why the run is invalid, in sentences; empty if it is valid.
    [[nodiscard]] const std::vector<std::string>& reasons() const { return reasons_; }
    [[nodiscard]] bool is_valid() const { return reasons_.empty(); }
    [[nodiscard]] std::string text() const;
    /// One line.
    [[nodiscard]] std::string json() const;

private:
    void judge_client(const Bounds& bounds);
    void judge_machine(const Bounds& bounds);
    void judge_answers();
    [[nodiscard]] double wall_s() const { return facts_.after.wall_s - facts_.before.wall_s; }
    [[nodiscard]] double percent_of_core(double cpu_s) const;
    [[nodiscard]] double server_cpu_s() const;
    [[nodiscard]] double client_cpu_s() const;
    [[nodiscard]] double others_cpu_s() const;
    [[nodiscard]] double us_per_answer(double cpu_s) const;

    RunFacts facts_;
    const Recorder& recorder_;
    Recorder::Kind all_;
    std::vector<std::string> reasons_;
};

}  // namespace rookery::load
