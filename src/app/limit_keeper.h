#pragma once

#include "base/result.h"
#include "limits/rulebook.h"
#include "limits/state_file.h"
#include "limits/timekeeper.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace rookery::app {

/// Sees to it that a restart does not reset the rate limits: gives them what was saved, and from
/// then on saves once a second and at the stop, on a thread of its own. It also keeps their plots
/// going (Rulebook::tick()).
class LimitKeeper {
public:
    /// In the data directory `data`. Errors are sentences for the operator.
    [[nodiscard]] static Result<std::unique_ptr<LimitKeeper>> open(const std::string& data);
    explicit LimitKeeper(std::unique_ptr<limits::StateFile> file);
    /// Stops if that was not done.
    ~LimitKeeper();
    LimitKeeper(const LimitKeeper&) = delete;
    LimitKeeper& operator=(const LimitKeeper&) = delete;

    [[nodiscard]] const limits::KeyHasher& hasher() const { return file_->hasher(); }

    using Source = std::function<std::shared_ptr<const limits::Rulebook>()>;

    /// `rules` gives those in force, each time anew. It and `time` outlive stop().
    void start(Source rules, const limits::Timekeeper& time);
    void stop();

private:
    void run();
    void save();

    const std::unique_ptr<limits::StateFile> file_;
    Source rules_;
    const limits::Timekeeper* time_ = nullptr;
    std::shared_ptr<const limits::Rulebook> saved_;  ///< those in force at the last save
    bool failing_ = false;                           ///< said in the log once, not every second
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;  ///< under mutex_
    std::thread thread_;
};

}  // namespace rookery::app
