#include "app/process_signals.h"

#include "base/log.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace rookery::app {

sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        sigaddset(&signals, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void exit_at_next_signal(sigset_t signals) {
    std::thread([signals] {
        int second = 0;
        sigwait(&signals, &second);
        ::_exit(130);  // what was acknowledged is on disk already
    }).detach();
}

std::uint64_t raise_open_files_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
    return limit.rlim_cur;
}

void set_log_level(const std::string& name) {
    const log::Level level = name == "debug"     ? log::Level::kDebug
                             : name == "warning" ? log::Level::kWarning
                             : name == "error"   ? log::Level::kError
                                                 : log::Level::kInfo;
    log::set_level(level);
}

}  // namespace rookery::app
