#include "http/send_turns.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace rookery::http {

namespace asio = boost::asio;

class SendTurns::Waiting {
public:
    Waiting() = default;
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    virtual ~Waiting() = default;
    /// Goes on with the coroutine, here and now.
    virtual void go_on() = 0;

    template <class Handler>
    class Of;
};

template <class Handler>
class SendTurns::Waiting::Of final : public Waiting {
public:
    explicit Of(Handler handler) : handler_(std::move(handler)) {}
    void go_on() override { std::move(handler_)(); }

private:
    Handler handler_;
};

SendTurns::SendTurns(Executor executor) : executor_(std::move(executor)) {}

SendTurns::~SendTurns() = default;

Task<void> SendTurns::mine() {
    if (waiting_.size() + 1 >= kBurst) {
        run();
        co_return;
    }
    const asio::use_awaitable_t<Executor> wait;
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [this](auto&& handler) {
            if (waiting_.empty()) {
                asio::post(executor_, [this] { run(); });
            }
            using Handler = std::decay_t<decltype(handler)>;
            waiting_.push_back(
                std::make_unique<Waiting::Of<Handler>>(std::forward<decltype(handler)>(handler))
            );
        },
        wait
    );
}

void SendTurns::run() {
    for (const auto& waiting : std::exchange(waiting_, {})) {
        waiting->go_on();
    }
}

}  // namespace rookery::http
