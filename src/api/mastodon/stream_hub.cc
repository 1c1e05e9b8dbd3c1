#include "api/mastodon/stream_hub.h"

#include "api/mastodon/stream_message.h"
#include "base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::uint16_t kPolicyViolation = 1008;  // RFC 6455, section 7.4.1
constexpr std::uint16_t kTryAgainLater = 1013;    // IANA registry of close codes

}  // namespace

StreamHub::StreamHub(
    StreamLimits limits,
    const Services& services,
    StatusView& statuses,
    StatusFilters& filters,
    NotificationView& notifications,
    ConversationView& conversations
)
    : limits_(limits),
      services_(services),
      delivery_(services, statuses, filters, notifications, conversations, registry_),
      alive_(context_.get_executor()),
      thread_([this] { context_.run(); }) {}

StreamHub::~StreamHub() {
    stop();
}

void StreamHub::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) {
            return;
        }
        stopped_ = true;
        jobs_.clear();
    }
    alive_.reset();
    thread_.join();
    close_all(1001, "the server is stopping");
}

void StreamHub::open(
    std::shared_ptr<http::PushChannel> channel,
    social::SessionPtr session,
    StreamForm form,
    std::optional<StreamTopic> topic
) {
    const StreamId id = next_id_.fetch_add(1);
    const auto waiting = std::make_shared<std::atomic<std::size_t>>(0);
    ++streams_;
    channel->on_closed = [this, id] {
        --streams_;
        push(Closed{id});
    };
    // Weak: the channel owns this callback.
    const std::weak_ptr<http::PushChannel> weak = channel;
    channel->on_text = [this, id, waiting, weak](std::string text) {
        if (waiting->fetch_add(1) < limits_.queued_messages_max) {
            push(Said{id, std::move(text), waiting});
        } else if (const auto talkative = weak.lock()) {
            talkative->close(kPolicyViolation, "too many messages");
        }
    };
    push(Opened{Stream{id, std::move(channel), std::move(session), form, {}}, std::move(topic)});
}

void StreamHub::on_committed(const social::SocialEvent& event) {
    if (streams_ != 0) {
        push(event);
    }
}

void StreamHub::push(Job job) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) {
            return;
        }
        const bool is_event = std::holds_alternative<social::SocialEvent>(job);
        if (is_event && jobs_.size() >= limits_.queued_events_max) {
            std::erase_if(jobs_, [](const Job& waiting) {
                return std::holds_alternative<social::SocialEvent>(waiting);
            });
            job = Overrun{};
        }
        jobs_.push_back(std::move(job));
        wake = !std::exchange(working_, true);
    }
    if (wake) {
        boost::asio::co_spawn(context_, work(), [](const std::exception_ptr& failure) {
            if (failure) {
                std::rethrow_exception(failure);
            }
        });
    }
}

Task<void> StreamHub::work() {
    while (true) {
        std::optional<Job> job;
        {
            const std::lock_guard lock(mutex_);
            if (jobs_.empty()) {
                working_ = false;
                co_return;
            }
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        try {
            const auto done = co_await run(std::move(*job));
            if (!done) {
                log::warning(
                    "stream event not delivered",
                    {{"error", done.error().message}, {"detail", done.error().detail}}
                );
            }
        } catch (const std::exception& failure) {
            log::error("stream event failed", {{"error", failure.what()}});
        }
    }
}

Task<Result<void>> StreamHub::run(Job job) {
    if (const auto* event = std::get_if<social::SocialEvent>(&job)) {
        co_return co_await delivery_.handle(*event);
    }
    if (auto* opened = std::get_if<Opened>(&job)) {
        co_return co_await admit(std::move(*opened));
    }
    if (auto* said = std::get_if<Said>(&job)) {
        co_return co_await obey(std::move(*said));
    }
    if (const auto* closed = std::get_if<Closed>(&job)) {
        registry_.remove(closed->id);
    } else {
        log::warning("streams closed: too many events waiting", {{"streams", registry_.size()}});
        close_all(kTryAgainLater, "the server is busy; read what you missed and come back");
    }
    co_return Result<void>{};
}

/// The token was good when the client asked; events of before this moment were not heard here, so
/// it is looked up once more.
Task<Result<void>> StreamHub::admit(Opened opened) {
    const social::Session session = *opened.stream.session;
    const auto channel = opened.stream.channel;
    CO_TRY(const auto sessions, co_await services_.sessions.list(session.account));
    const bool is_valid = std::ranges::any_of(sessions, [&](const social::SessionPtr& other) {
        return other->token_id == session.token_id;
    });
    std::vector<AccountId> ids{session.account};
    CO_TRY(const auto accounts, co_await services_.accounts.find_many(std::move(ids)));
    if (!is_valid || !accounts.front() || accounts.front()->suspended) {
        channel->close(kPolicyViolation, "the access token is invalid");
        co_return Result<void>{};
    }
    if (registry_.of_account(session.account).size() >= limits_.streams_per_account_max) {
        channel->close(kPolicyViolation, "too many open streams");
        co_return Result<void>{};
    }
    const StreamId id = registry_.add(std::move(opened.stream)).id;
    if (opened.topic) {
        co_return co_await subscribe(id, std::move(*opened.topic));
    }
    co_return Result<void>{};
}

Task<Result<void>> StreamHub::subscribe(StreamId id, StreamTopic topic) {
    Stream* stream = registry_.find(id);
    if (stream == nullptr) {
        co_return Result<void>{};
    }
    const AccountId account = stream->account();
    if (topic.kind == StreamKind::kList) {
        const auto loaded = co_await delivery_.load_list(account, topic);
        if (!loaded && stream->form == StreamForm::kEvents) {
            stream->channel->close(kPolicyViolation, "there is no such list");
        } else if (!loaded) {
            stream->channel->send(stream_error("Not authorized to stream this list", 404));
        }
        if (!loaded) {
            co_return Result<void>{};
        }
    }
    const bool opens_home = topic.kind == StreamKind::kUser && !registry_.is_reader(account);
    registry_.subscribe(*stream, std::move(topic));
    if (opens_home) {
        co_return co_await delivery_.load_following(account);
    }
    co_return Result<void>{};
}

void StreamHub::close_all(std::uint16_t code, const std::string& reason) {
    for (const Stream* stream : registry_.all()) {
        stream->channel->close(code, reason);
        registry_.remove(stream->id);
    }
}

}  // namespace rookery::api::mastodon
