#include "load/meter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace rookery::load {

namespace {

double tick_s() {
    return 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double clock_s(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + (static_cast<double>(time.tv_nsec) * 1e-9);
}

/// All threads, ended ones included, to the nanosecond; /proc counts in ticks, of which a short run
/// may have none.
double process_cpu_s(pid_t process) {
    clockid_t clock{};
    return clock_getcpuclockid(process, &clock) == 0 ? clock_s(clock) : 0;
}

/// Inodes of the sockets that listen on the port, from /proc/net/tcp or tcp6.
void find_listeners(const char* path, std::uint16_t port, std::set<std::string>& inodes) {
    std::ifstream file(path);
    std::string line;
    const std::string suffix = fmt::format(":{:04X}", port);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string slot;
        std::string local;
        std::string remote;
        std::string state;
        std::string skipped;
        std::string inode;
        fields >> slot >> local >> remote >> state >> skipped >> skipped >> skipped >> skipped >>
            skipped >> inode;
        if (state == "0A" && local.ends_with(suffix)) {  // TCP_LISTEN
            inodes.insert(fmt::format("socket:[{}]", inode));
        }
    }
}

bool has_one_of(const std::filesystem::path& process, const std::set<std::string>& inodes) {
    std::error_code error;
    for (const auto& file : std::filesystem::directory_iterator(process / "fd", error)) {
        const auto link = std::filesystem::read_symlink(file.path(), error);
        if (!error && inodes.contains(link.string())) {
            return true;
        }
    }
    return false;
}

}  // namespace

Counters Meter::read() const {
    Counters counters;
    counters.wall_s = clock_s(CLOCK_MONOTONIC);
    counters.client_cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID);
    for (const pid_t process : server_) {
        counters.server_cpu_s += process_cpu_s(process);
    }
    counters.server_rss = resident_bytes(server_);
    std::ifstream file("/proc/stat");
    std::string name;
    double user = 0;
    double nice = 0;
    double system = 0;
    double idle = 0;
    double wait = 0;
    double irq = 0;
    double softirq = 0;
    double steal = 0;
    file >> name >> user >> nice >> system >> idle >> wait >> irq >> softirq >> steal;
    counters.tasks_cpu_s = (user + nice + system) * tick_s();
    counters.interrupts_cpu_s = (irq + softirq) * tick_s();
    counters.steal_s = steal * tick_s();
    return counters;
}

std::vector<pid_t> listening_processes(const Target& target) {
    std::vector<pid_t> found;
    if (!target.is_loopback) {
        return found;
    }
    std::set<std::string> inodes;
    find_listeners("/proc/net/tcp", target.port, inodes);
    find_listeners("/proc/net/tcp6", target.port, inodes);
    if (inodes.empty()) {
        return found;
    }
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") == std::string::npos &&
            has_one_of(entry.path(), inodes)) {
            found.push_back(static_cast<pid_t>(std::stol(name)));
        }
    }
    return found;
}

std::uint64_t resident_bytes(const std::vector<pid_t>& processes) {
    std::uint64_t bytes = 0;
    for (const pid_t process : processes) {
        std::ifstream file(fmt::format("/proc/{}/statm", process));
        std::uint64_t size = 0;
        std::uint64_t resident = 0;
        file >> size >> resident;
        bytes += resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    }
    return bytes;
}

}  // namespace rookery::load
