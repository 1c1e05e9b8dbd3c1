#pragma once

#include "api/limiter/answer.h"
#include "base/json_writer.h"

namespace rookery::api::limiter {

/// One answer as docs/api/limiter-openapi.json describes it.
void write_answer(const Answer& answer, JsonWriter& out);

}  // namespace rookery::api::limiter
