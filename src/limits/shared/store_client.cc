#include "limits/shared/store_client.h"

#include "base/log.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace rookery::limits {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

void raise_event(int event) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(event, &one, sizeof(one));
}

void clear_event(int event) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(event, &count, sizeof(count));
}

std::uint64_t random_seed() {
    const std::string bytes = secure_random_bytes(sizeof(std::uint64_t));
    std::uint64_t seed = 0;
    std::memcpy(&seed, bytes.data(), sizeof(seed));
    return seed;
}

}  // namespace

StoreClient::StoreClient(
    StoreAddress address,
    SharedStoreConfig config,
    metrics::Registry& registry
)
    : address_(std::move(address)),
      config_(std::move(config)),
      series_{
          .connects = registry.counter(
              "rookery_limits_store_connects_total",
              "Attempts to connect to the store of the shared limits."
          ),
          .failures = registry.counter(
              "rookery_limits_store_failures_total",
              "Attempts to connect that failed, and connections to the store that were given up."
          ),
          .round_trips = registry.counter(
              "rookery_limits_store_round_trips_total",
              "Commands that the store of the shared limits answered."
          ),
          .timeouts = registry.counter(
              "rookery_limits_store_timeouts_total",
              "Requests that the store of the shared limits did not answer in time."
          ),
          .up = registry.gauge(
              "rookery_limits_store_up",
              "1 if the store of the shared limits can be asked."
          ),
      },
      random_(random_seed()),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { run(); }) {}

StoreClient::~StoreClient() {
    stopping_.store(true);
    raise_event(stop_);
    thread_.join();
    ::close(wake_);
    ::close(stop_);
}

void StoreClient::ask(Group group, Done done) {
    std::unique_lock lock(mutex_);
    if (is_up() && waiting_.size() < config_.waiting_max) {
        const bool is_first = waiting_.empty();
        const auto deadline = steady_clock::now() + config_.ask_timeout;
        waiting_.push_back({std::move(group), std::move(done), deadline});
        lock.unlock();
        if (is_first) {  // whoever is first wakes the thread
            raise_event(wake_);
        }
        return;
    }
    lock.unlock();
    done(std::nullopt);
}

bool StoreClient::wait_until_up(milliseconds timeout) {
    std::unique_lock lock(mutex_);
    return came_up_.wait_for(lock, timeout, [this] { return is_up(); });
}

void StoreClient::run() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);  // SIGPIPE becomes an error of write()
    milliseconds backoff = config_.backoff_first;
    for (;;) {
        series_.connects.add();
        auto connection = come_back();
        if (connection) {
            const auto since = steady_clock::now();
            set_up(true, "");
            const Error error = serve(*connection);
            set_up(false, stopping() ? "stopping" : error.message);
            if (steady_clock::now() - since > config_.backoff_max) {
                backoff = config_.backoff_first;
            }
        } else if (!has_complained_) {
            has_complained_ = true;
            log::warning(
                "shared limits have no store",
                {{"store", address_.name()}, {"reason", connection.error().message}}
            );
        }
        if (stopping()) {
            return;
        }
        series_.failures.add();
        const double part = 0.5 + 0.5 * random_.unit();
        const double time = part * static_cast<double>(backoff.count());
        if (!pause(milliseconds(1 + static_cast<milliseconds::rep>(time)))) {
            return;
        }
        backoff = std::min(2 * backoff, config_.backoff_max);
    }
}

Result<StoreConnection> StoreClient::come_back() {
    const auto deadline = steady_clock::now() + config_.connect_timeout;
    TRY(StoreConnection connection, StoreConnection::open(address_, deadline, stop_));
    TRY(const StoreReply loaded,
        connection.call({"SCRIPT", "LOAD", std::string(decide_script())}, deadline));
    script_id_ = text_of(*loaded);
    // A store that is being loaded, is a replica or has no memory left would answer a ping.
    Batch probe;
    probe.questions.push_back(
        {.group =
             {.asks =
                  {{.key = fmt::format("{{{}}}:probe", config_.prefix),
                    .rule = {.algorithm = Algorithm::kFixedWindow, .a = 1e15, .b = 1e6}}}}}
    );
    write_words(probe);
    TRY(const StoreReply reply, connection.call(probe.words, deadline));
    if (!decode(text_of(*reply), 1)) {
        return fail(ErrorCode::kUnavailable, "the store decides in another way");
    }
    return connection;
}

void StoreClient::set_up(bool up, std::string_view why) {
    {
        const std::lock_guard lock(mutex_);
        up_.store(up);
    }
    series_.up.set(up ? 1 : 0);
    has_complained_ = true;
    if (up) {
        came_up_.notify_all();
        log::info("shared limits have their store", {{"store", address_.name()}});
    } else {
        log::warning(
            "shared limits have lost their store", {{"store", address_.name()}, {"reason", why}}
        );
        tell_lost();
    }
}

void StoreClient::tell_lost() {
    for (Batch& batch : std::exchange(under_way_, {})) {
        for (std::size_t i = batch.expired; i < batch.questions.size(); ++i) {
            batch.questions[i].done(std::nullopt);
        }
    }
    std::deque<Question> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
    }
    for (Question& question : waiting) {
        question.done(std::nullopt);
    }
}

bool StoreClient::pause(milliseconds time) const {
    pollfd stop{.fd = stop_, .events = POLLIN};
    ::poll(&stop, 1, static_cast<int>(time.count()));
    return !stopping();
}

Error StoreClient::serve(StoreConnection& connection) {
    for (;;) {
        if (auto sent = send_waiting(connection); !sent) {
            return std::move(sent).error();
        }
        const auto next = expire();
        if (!next) {
            return next.error();
        }
        const auto wait = std::chrono::ceil<milliseconds>(*next - steady_clock::now());
        const bool full = under_way_.size() == kUnderWayMax;
        std::array<pollfd, 3> events{
            pollfd{
                .fd = connection.descriptor(),
                .events =
                    static_cast<short>(connection.has_unwritten() ? POLLIN | POLLOUT : POLLIN),
            },
            pollfd{.fd = stop_, .events = POLLIN},
            // Nothing can be sent while all are under way.
            pollfd{.fd = full ? -1 : wake_, .events = POLLIN},
        };
        const auto timeout = std::clamp<milliseconds::rep>(wait.count(), 0, 60'000);
        ::poll(events.data(), events.size(), static_cast<int>(timeout));
        if (stopping()) {
            return fail(ErrorCode::kUnavailable, "stopping");
        }
        if (events[2].revents != 0) {
            clear_event(wake_);
        }
        if (auto written = connection.write(); !written) {
            return std::move(written).error();
        }
        if (events[0].revents != 0) {
            if (auto received = receive(connection); !received) {
                return std::move(received).error();
            }
        }
    }
}

}  // namespace rookery::limits
