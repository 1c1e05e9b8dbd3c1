#pragma once

#include "base/result.h"
#include "load/target.h"

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace rookery::load {

/// What the kernel has counted up to a moment. Times are seconds of CPU since some beginning.
struct Counters {
    double wall_s = 0;
    double server_cpu_s = 0;       ///< all threads of the server's processes, user and system
    double client_cpu_s = 0;       ///< this process
    double client_idle_s = 0;      ///< of it, what a client that never sleeps asked in vain
    double tasks_cpu_s = 0;        ///< all processes of the machine
    double interrupts_cpu_s = 0;   ///< hardware and software interrupts, which belong to no process
    double steal_s = 0;            ///< what the hypervisor gave to others
    std::uint64_t server_rss = 0;  ///< bytes
};

/// Reads the counters of the machine, of this process, and of the server's processes (of none, if
/// the server is elsewhere).
class Meter {
public:
    explicit Meter(std::vector<pid_t> server) : server_(std::move(server)) {}

    [[nodiscard]] Counters read() const;
    [[nodiscard]] const std::vector<pid_t>& server() const { return server_; }

private:
    std::vector<pid_t> server_;
};

/// The processes that listen on the target's port, if it is this machine's: found through
/// /proc/net/tcp and the processes' open files. Empty if there are none that we may see.
[[nodiscard]] std::vector<pid_t> listening_processes(const Target& target);

/// Resident memory of the processes, in bytes.
[[nodiscard]] std::uint64_t resident_bytes(const std::vector<pid_t>& processes);

}  // namespace rookery::load
