#include "load/recorder.h"

#include <fmt/format.h>

namespace rookery::load {

namespace {

const char* name_of(Failure failure) {
    switch (failure) {
        case Failure::kClosed:
            return "connection closed";
        case Failure::kMalformed:
            return "malformed answer";
        case Failure::kUnanswered:
            return "unanswered";
    }
    return "unknown";
}

}  // namespace

Recorder::Recorder(
    std::vector<std::string> kinds,
    bool closed_loop,
    std::int64_t begin_ns,
    std::int64_t end_ns
)
    : closed_loop_(closed_loop), begin_ns_(begin_ns), end_ns_(end_ns) {
    for (std::string& name : kinds) {
        kinds_.push_back({.name = std::move(name)});
    }
}

void Recorder::noticed(const Operation& operation, std::int64_t late_ns) {
    if (operation.at_ns >= begin_ns_) {
        lateness_.record(late_ns);
        ++kinds_[operation.kind].planned;
    }
}

void Recorder::record(const Operation& operation, std::int64_t from_ns, std::int64_t until_ns) {
    if (from_ns >= begin_ns_ && from_ns < end_ns_) {
        kinds_[operation.kind].latency.record(until_ns - from_ns);
    }
}

void Recorder::answered(std::uint32_t index, const Operation& operation, const Answer& answer) {
    record(operation, closed_loop_ ? answer.sent_ns : operation.at_ns, answer.done_ns);
    Kind& kind = kinds_[operation.kind];
    if (answer.done_ns >= begin_ns_ && answer.done_ns < end_ns_) {
        ++kind.answers;
        kind.bytes += answer.bytes;
    }
    if (answer.status < 200 || answer.status >= 300) {
        ++errors_[fmt::format("status {}", answer.status)];
    } else if (operation.keep) {
        kept_.push_back({
            .operation = operation,
            .index = index,
            .status = answer.status,
            .sent_ns = answer.sent_ns,
            .done_ns = answer.done_ns,
            .body = std::string(answer.body),
        });
    }
}

void Recorder::failed(const Operation& operation, Failure failure, std::int64_t at_ns) {
    // It has waited at least so long: leaving it out would flatter.
    if (!closed_loop_) {
        record(operation, operation.at_ns, at_ns);
    }
    ++errors_[name_of(failure)];
}

Recorder::Kind Recorder::all() const {
    Kind sum{.name = "all"};
    for (const Kind& kind : kinds_) {
        sum.latency.add(kind.latency);
        sum.answers += kind.answers;
        sum.planned += kind.planned;
        sum.bytes += kind.bytes;
    }
    return sum;
}

}  // namespace rookery::load
