#include "app/process_metrics.h"

#include "app/version.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace rookery::app {

namespace {

double resident_bytes() {
    std::ifstream pages("/proc/self/statm");
    double all = 0;
    double resident = 0;
    pages >> all >> resident;
    return pages ? resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_files() {
    std::error_code failed;
    double files = -1;  // One of them is the directory that is being read.
    for (std::filesystem::directory_iterator file("/proc/self/fd", failed), end;
         !failed && file != end;
         file.increment(failed)) {
        ++files;
    }
    return files;
}

double most_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void expose_process(metrics::Registry& registry) {
    registry
        .gauge(
            "rookery_build_info",
            "1; the labels say what runs",
            {{"version", std::string(kVersion)}}
        )
        .set(1);
    registry.gauge_function(
        "process_resident_memory_bytes", "Resident memory size in bytes.", {}, resident_bytes
    );
    registry.counter_function(
        "process_cpu_seconds_total", "Total user and system CPU time in seconds.", {}, cpu_seconds
    );
    registry.gauge_function("process_open_fds", "Number of open files.", {}, open_files);
    registry.gauge_function("process_max_fds", "Most files that may be open.", {}, most_files);
    const std::chrono::duration<double> since_epoch =
        std::chrono::system_clock::now().time_since_epoch();
    registry
        .gauge(
            "process_start_time_seconds", "Start time of the process since unix epoch in seconds."
        )
        .set(static_cast<std::int64_t>(since_epoch.count()));
}

}  // namespace rookery::app
