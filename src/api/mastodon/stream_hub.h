#pragma once

#include "api/mastodon/conversation_view.h"
#include "api/mastodon/notification_view.h"
#include "api/mastodon/services.h"
#include "api/mastodon/status_view.h"
#include "api/mastodon/stream_delivery.h"
#include "api/mastodon/stream_limits.h"
#include "api/mastodon/stream_registry.h"
#include "base/task.h"
#include "http/push_channel.h"
#include "social/event.h"
#include "social/sessions.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>

namespace rookery::api::mastodon {

/// All open streams and what reaches them. The store's commit thread only appends to a queue; one
/// thread of the hub's own takes commits, new streams and clients' messages from it in one order
/// and does everything else. Thread-safe. Callbacks of channels hold a plain pointer to the hub: it
/// outlives the server.
class StreamHub {
public:
    StreamHub(
        StreamLimits limits,
        const Services& services,
        StatusView& statuses,
        StatusFilters& filters,
        NotificationView& notifications,
        ConversationView& conversations
    );
    ~StreamHub();

    /// Takes charge of a channel that was just opened; to be called from its `on_open`, for which
    /// `session` was authenticated. `topic` is what it is subscribed to from the start.
    void open(
        std::shared_ptr<http::PushChannel> channel,
        social::SessionPtr session,
        StreamForm form,
        std::optional<StreamTopic> topic
    );

    /// Quick; called for every committed event, after all services have heard of it.
    void on_committed(const social::SocialEvent& event);

    /// Ends the hub's thread; later events and streams are ignored. Idempotent.
    void stop();

    [[nodiscard]] std::size_t streams() const { return streams_; }

private:
    struct Opened {
        Stream stream;
        std::optional<StreamTopic> topic;
    };
    struct Closed {
        StreamId id;
    };
    struct Said {
        StreamId id;
        std::string text;
        std::shared_ptr<std::atomic<std::size_t>> waiting;
    };
    struct Overrun {};
    using Job = std::variant<social::SocialEvent, Opened, Closed, Said, Overrun>;

    void push(Job job);
    Task<void> work();
    Task<Result<void>> run(Job job);
    Task<Result<void>> admit(Opened opened);
    Task<Result<void>> obey(Said said);
    Task<Result<void>> subscribe(StreamId id, StreamTopic topic);
    void close_all(std::uint16_t code, const std::string& reason);

    const StreamLimits limits_;
    const Services& services_;
    StreamRegistry registry_;
    StreamDelivery delivery_;

    std::atomic<std::size_t> streams_{0};
    std::atomic<StreamId> next_id_{1};

    std::mutex mutex_;  // guards the three below
    std::deque<Job> jobs_;
    bool working_ = false;
    bool stopped_ = false;

    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<Executor> alive_;
    std::thread thread_;
};

}  // namespace rookery::api::mastodon
