#pragma once

#include "policy/replay.h"

#include <string>

namespace rookery::policy {

/// What a trace has, in one line.
void print_trace(const std::string& name, const Trace& trace);

/// One line of the table; the first with the heads of its columns.
void print_figures(const Figures& figures, bool first);

}  // namespace rookery::policy
