#include "app/limit_keeper.h"

#include "base/log.h"

#include <chrono>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::chrono::seconds kInterval{1};

}  // namespace

Result<std::unique_ptr<LimitKeeper>> LimitKeeper::open(const std::string& data) {
    TRY(auto file, limits::StateFile::open(data + "/limits"));
    return std::make_unique<LimitKeeper>(std::move(file));
}

LimitKeeper::LimitKeeper(std::unique_ptr<limits::StateFile> file) : file_(std::move(file)) {}

LimitKeeper::~LimitKeeper() {
    stop();
}

void LimitKeeper::start(Source rules, const limits::Timekeeper& time) {
    rules_ = std::move(rules);
    time_ = &time;
    file_->restore(rules_()->named_limits(), time_->now());
    save();  // from here on what is charged is remembered
    thread_ = std::thread([this] { run(); });
}

void LimitKeeper::stop() {
    if (!thread_.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    save();
}

void LimitKeeper::run() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kInterval, [this] { return stopping_; })) {
        lock.unlock();
        save();
        lock.lock();
    }
}

void LimitKeeper::save() {
    auto rules = rules_();
    rules->tick();
    const auto limits = rules->named_limits();
    if (limits.empty()) {
        return;  // what the file has is for when there are limits again
    }
    const auto saved =
        rules == saved_ ? file_->save(limits, time_->now()) : file_->save_all(limits, time_->now());
    if (saved) {
        saved_ = std::move(rules);
    } else if (!failing_) {
        log::warning(
            "what limits have counted cannot be saved", {{"error", saved.error().message}}
        );
    }
    failing_ = !saved;
}

}  // namespace rookery::app
