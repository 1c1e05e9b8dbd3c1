#pragma once

#include "load/engine.h"
#include "load/histogram.h"
#include "load/plan.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rookery::load {

/// An answer whose body was kept, to be judged when the clock no longer runs.
struct KeptAnswer {
    Operation operation;
    std::uint32_t index = 0;  ///< of the operation in its plan
    int status = 0;
    std::int64_t sent_ns = 0;
    std::int64_t done_ns = 0;
    std::string body;
};

/// What happened in a run, operation by kind. Latencies are those of operations whose time lies in
/// the measured window (after the warm-up); rates count the answers that came within it.
class Recorder final : public AnswerSink {
public:
    struct Kind {
        std::string name;
        Histogram latency;          ///< in the open loop from the intended time
        std::uint64_t answers = 0;  ///< within the window, whatever their status
        std::uint64_t planned = 0;  ///< operations whose time lies in the window
        std::uint64_t bytes = 0;    ///< of those answers
    };

    Recorder(
        std::vector<std::string> kinds,
        bool closed_loop,
        std::int64_t begin_ns,
        std::int64_t end_ns
    );

    void noticed(const Operation& operation, std::int64_t late_ns) override;
    void answered(std::uint32_t index, const Operation& operation, const Answer& answer) override;
    void failed(const Operation& operation, Failure failure, std::int64_t at_ns) override;

    [[nodiscard]] const std::vector<Kind>& kinds() const { return kinds_; }
    [[nodiscard]] Kind all() const;
    /// How late the client came to its operations.
    [[nodiscard]] const Histogram& lateness() const { return lateness_; }
    /// Of the whole run, warm-up included: "status 503" -> how often.
    [[nodiscard]] const std::map<std::string, std::uint64_t>& errors() const { return errors_; }
    [[nodiscard]] std::vector<KeptAnswer>& kept() { return kept_; }

private:
    void record(const Operation& operation, std::int64_t from_ns, std::int64_t until_ns);

    std::vector<Kind> kinds_;
    bool closed_loop_;
    std::int64_t begin_ns_;
    std::int64_t end_ns_;
    Histogram lateness_;
    std::map<std::string, std::uint64_t> errors_;
    std::vector<KeptAnswer> kept_;
};

}  // namespace rookery::load
