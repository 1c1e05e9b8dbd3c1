#pragma once

#include "base/metrics.h"
#include "base/random.h"
#include "limits/shared/decide_script.h"
#include "limits/shared/shared_store_config.h"
#include "limits/shared/store_address.h"
#include "limits/shared/store_connection.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace rookery::limits {

/// Asks the store for all who ask in a process: one connection, on a thread of its own. What is
/// asked while commands are under way goes with the next one, so that the busier it is, the more a
/// round trip decides. Thread-safe.
///
/// If an answer is overdue or the connection breaks, the store is lost: all who wait are told, and
/// so is whoever asks before it is back. The thread alone looks for it, at longer and longer
/// intervals that no two nodes share, and it is back when it has decided a request of the client's
/// own. So a store that comes back meets one connection a node, and those who ask no sooner than it
/// can answer.
class StoreClient {
public:
    struct Group {
        std::vector<StoreAsk> asks;
        bool charges = true;  ///< false: looked at only
    };
    /// What the store said of each ask. Nothing: it could not be asked or did not answer in time;
    /// in the second case the group may have been charged.
    using Answers = std::optional<std::vector<StoreAnswer>>;
    using Done = std::move_only_function<void(Answers)>;

    /// Starts to connect.
    StoreClient(StoreAddress address, SharedStoreConfig config, metrics::Registry& registry);
    /// Tells all who wait that the store is lost.
    ~StoreClient();
    StoreClient(const StoreClient&) = delete;
    StoreClient& operator=(const StoreClient&) = delete;

    /// `done` is called once, after ask_timeout at the latest: on the client's thread, or before
    /// this returns if the store is lost. It is to be brief, and may ask.
    void ask(Group group, Done done);

    [[nodiscard]] bool is_up() const { return up_.load(std::memory_order_relaxed); }
    /// Waits for the first connection; false if there is none within `timeout`.
    [[nodiscard]] bool wait_until_up(std::chrono::milliseconds timeout);

private:
    using Moment = StoreConnection::Moment;

    struct Question {
        Group group;
        Done done;
        Moment deadline;
    };
    /// What goes as one command.
    struct Batch {
        std::vector<Question> questions;
        std::size_t expired = 0;  ///< of them, from the front
        std::vector<std::string> words;
        Moment overdue;
    };
    struct Series {
        metrics::Counter& connects;
        metrics::Counter& failures;
        metrics::Counter& round_trips;
        metrics::Counter& timeouts;
        metrics::Gauge& up;
    };

    /// Commands under way at once: while the store works on one, the next is there already.
    static constexpr std::size_t kUnderWayMax = 4;

    void run();
    /// One attempt.
    [[nodiscard]] Result<StoreConnection> come_back();
    /// Until the connection is of no use any more; says why.
    [[nodiscard]] Error serve(StoreConnection& connection);
    [[nodiscard]] Result<void> send_waiting(StoreConnection& connection);
    [[nodiscard]] Result<void> receive(StoreConnection& connection);
    [[nodiscard]] Result<void> conclude(StoreConnection& connection, const redisReply& reply);
    /// Tells those who have waited long enough. Returns the next moment at which somebody will
    /// have.
    [[nodiscard]] Result<Moment> expire();
    [[nodiscard]] std::vector<Question> take_waiting();
    void write_words(Batch& batch) const;
    void set_up(bool up, std::string_view why);
    void tell_lost();
    /// Sleeps; false if the client is to stop.
    [[nodiscard]] bool pause(std::chrono::milliseconds time) const;
    [[nodiscard]] bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

    const StoreAddress address_;
    const SharedStoreConfig config_;
    Series series_;
    Random random_;                ///< of the thread
    std::string script_id_;        ///< of the thread
    std::deque<Batch> under_way_;  ///< of the thread; answered in this order
    bool has_complained_ = false;  ///< of the thread; that it could not connect at first

    int wake_;  ///< readable: there is something to send
    int stop_;  ///< readable: the client is to stop
    std::atomic<bool> stopping_{false};
    std::atomic<bool> up_{false};
    std::mutex mutex_;
    std::condition_variable came_up_;
    std::deque<Question> waiting_;  ///< guarded by mutex_
    std::thread thread_;
};

}  // namespace rookery::limits
