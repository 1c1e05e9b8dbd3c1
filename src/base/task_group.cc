#include "base/task_group.h"

#include "base/log.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>

namespace rookery {

namespace asio = boost::asio;

struct TaskGroup::State {
    struct Running {
        explicit Running(Executor e) : executor(e) {}
        Executor executor;
        asio::cancellation_signal cancellation;
    };

    explicit State(std::string n) : name(std::move(n)) {}

    const std::string name;
    mutable std::mutex mutex;
    std::condition_variable empty;
    std::list<std::shared_ptr<Running>> running;
    bool closed = false;
};

namespace {

void log_end(const std::string& group, const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const boost::system::system_error& e) {
        if (e.code() != asio::error::operation_aborted) {
            log::error("task failed", {{"group", group}, {"error", e.what()}});
        }
    } catch (const std::exception& e) {
        log::error("task failed", {{"group", group}, {"error", e.what()}});
    } catch (...) {
        log::error("task failed", {{"group", group}, {"error", "not a std::exception"}});
    }
}

}  // namespace

TaskGroup::TaskGroup(std::string name) : state_(std::make_shared<State>(std::move(name))) {}

TaskGroup::~TaskGroup() {
    close();
}

bool TaskGroup::spawn(Executor executor, Task<void> task) {
    auto running = std::make_shared<State::Running>(executor);
    std::list<std::shared_ptr<State::Running>>::iterator place;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->closed) {
            return false;
        }
        place = state_->running.insert(state_->running.end(), running);
    }
    auto on_end = [state = state_, place, running](const std::exception_ptr& error) {
        if (error) {
            log_end(state->name, error);
        }
        const std::lock_guard lock(state->mutex);
        state->running.erase(place);
        if (state->running.empty()) {
            state->empty.notify_all();
        }
    };
    asio::co_spawn(
        executor,
        std::move(task),
        asio::bind_cancellation_slot(running->cancellation.slot(), std::move(on_end))
    );
    return true;
}

void TaskGroup::close() {
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
}

void TaskGroup::cancel() {
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
    for (const auto& running : state_->running) {
        asio::post(running->executor, [running] {
            running->cancellation.emit(asio::cancellation_type::terminal);
        });
    }
}

bool TaskGroup::wait(std::chrono::milliseconds timeout) {
    std::unique_lock lock(state_->mutex);
    return state_->empty.wait_for(lock, timeout, [this] { return state_->running.empty(); });
}

std::size_t TaskGroup::size() const {
    const std::lock_guard lock(state_->mutex);
    return state_->running.size();
}

}  // namespace rookery
