#include "api/limiter/json_answer.h"

namespace rookery::api::limiter {

namespace {

void write_time(std::string_view name, limits::Nanos time, JsonWriter& out) {
    if (time == limits::kNever) {
        out.null_field(name);
    } else {
        out.field(name, milliseconds_up(time));
    }
}

void write_status(const Status& status, JsonWriter& out) {
    out.begin_object().field("allowed", status.allowed);
    const RateLimit* limit = status.limit;
    if (limit == nullptr) {
        out.null_field("rule").end_object();
        return;
    }
    out.field("rule", limit->path);
    if (!limit->name.empty()) {
        out.field("name", limit->name);
    }
    if (limit->kind == RateLimit::Kind::kUnlimited) {
        out.field("unlimited", true).end_object();
        return;
    }
    out.field("limit", limit->requests_per_unit);
    out.field("remaining", status.decision.remaining);
    if (limit->kind == RateLimit::Kind::kCounted) {
        out.field("period_ms", milliseconds_up(limit->rule.quota.period));
        write_time("reset_after_ms", status.decision.resets_after, out);
    }
    if (status.decision.wait != 0) {
        write_time("wait_ms", status.decision.wait, out);
    }
    if (!status.allowed) {
        write_time("retry_after_ms", status.decision.retry_after, out);
    }
    if (status.shadowed) {
        out.field("shadowed", true);
    }
    out.end_object();
}

}  // namespace

void write_answer(const Answer& answer, JsonWriter& out) {
    out.begin_object().field("allowed", answer.allowed);
    if (!answer.allowed) {
        write_time("retry_after_ms", answer.retry_after(), out);
    }
    if (const limits::Nanos wait = answer.wait(); answer.allowed && wait != 0) {
        write_time("wait_ms", wait, out);
    }
    out.key("statuses").begin_array();
    for (const Status& status : answer.statuses) {
        write_status(status, out);
    }
    out.end_array().end_object();
}

}  // namespace rookery::api::limiter
