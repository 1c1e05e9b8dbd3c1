#pragma once

#include "kit/temporary_directory.h"
#include "limits/rule.h"

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace rookery {

/// A redis-server of a test's own, on a Unix socket in a directory of its own. It is the one of
/// Debian's package redis-server; a test that does not find it fails.
class LimitStore {
public:
    /// Starts it with these options besides, and waits until it answers.
    explicit LimitStore(std::vector<std::string> options = {});
    ~LimitStore();
    LimitStore(const LimitStore&) = delete;
    LimitStore& operator=(const LimitStore&) = delete;

    [[nodiscard]] std::string url() const { return "unix://" + socket(); }
    [[nodiscard]] std::string socket() const { return directory_.path() / "s"; }

    void start();
    void kill();    ///< as kill -9
    void halt();    ///< SIGSTOP: takes connections, answers nothing
    void resume();  ///< after halt()
    /// Sends one command; a text for a text, the number for a number, "" for nothing.
    [[nodiscard]] std::string call(std::vector<std::string> words) const;

private:
    [[nodiscard]] bool answers() const;

    kit::TemporaryDirectory directory_;
    std::vector<std::string> options_;
    pid_t process_ = 0;
};

/// Passes a Unix socket's connections on to another, or does not.
class SocketProxy {
public:
    SocketProxy(std::string from, std::string to);
    ~SocketProxy();
    SocketProxy(const SocketProxy&) = delete;
    SocketProxy& operator=(const SocketProxy&) = delete;

    enum class Mode {
        kPass,
        kSwallow,  ///< takes connections and bytes, passes none on
        kRefuse,   ///< closes what there is and whoever comes
    };
    void set(Mode mode) { mode_.store(mode); }
    /// Connections taken since the start.
    [[nodiscard]] std::size_t connections() const { return connections_.load(); }

private:
    struct Pair {
        int client;
        int server;
    };
    void run();
    void take();
    [[nodiscard]] bool pass(int from, int to) const;

    std::string from_;
    std::string to_;
    int listener_;
    std::atomic<Mode> mode_{Mode::kPass};
    std::atomic<std::size_t> connections_{0};
    std::atomic<bool> stopping_{false};
    std::vector<Pair> pairs_;  ///< of the thread
    std::thread thread_;
};

namespace limits {

inline constexpr std::array kAlgorithms{
    Algorithm::kTokenBucket,
    Algorithm::kLeakingMeter,
    Algorithm::kLeakingQueue,
    Algorithm::kGcra,
    Algorithm::kFixedWindow,
    Algorithm::kSlidingLog,
    Algorithm::kSlidingCounter,
    Algorithm::kSubwindowCounter
};

}  // namespace limits

}  // namespace rookery
