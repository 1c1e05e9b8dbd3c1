#pragma once

#include <csignal>
#include <cstdint>
#include <string>

namespace rookery::app {

/// SIGINT, SIGTERM and SIGHUP, blocked in this thread and all that it starts, to be waited for.
[[nodiscard]] sigset_t block_stop_signals();

/// From now on the next of `signals` ends the process at once, while it is stopping in peace.
void exit_at_next_signal(sigset_t signals);

/// As many open files as the system allows: every connection needs a descriptor, and the usual soft
/// limit is 1024. Returns how many.
std::uint64_t raise_open_files_limit();

/// "debug", "info", "warning" or "error".
void set_log_level(const std::string& name);

}  // namespace rookery::app
