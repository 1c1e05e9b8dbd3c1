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

void LimitKeeper::start(
    std::vector<limits::NamedLimit> limits,
    std::function<limits::Nanos()> now
) {
    if (limits.empty()) {
        return;
    }
    limits_ = std::move(limits);
    now_ = std::move(now);
    file_->restore(limits_, now_());
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
    const auto saved = file_->save(limits_, now_());
    if (!saved && !failing_) {
        log::warning(
            "what limits have counted cannot be saved", {{"error", saved.error().message}}
        );
    }
    failing_ = !saved;
}

}  // namespace rookery::app
