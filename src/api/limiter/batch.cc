#include "api/limiter/batch.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <utility>

namespace rookery::api::limiter {

namespace {

using Answers = std::vector<Result<Answer>>;

/// Those that wait for the store, and who waits for them. All of it happens on one thread.
template <class Handler>
struct Waiting {
    explicit Waiting(Handler h) : handler(std::move(h)) {}

    Handler handler;
    std::size_t left = 0;
    std::exception_ptr error;
};

template <class Handler>
void begin(
    Limiter& limiter,
    const std::vector<LimitRequest>& requests,
    const std::vector<std::size_t>& undecided,
    Answers& answers,
    Executor executor,
    Handler handler
) {
    auto waiting = std::make_shared<Waiting<Handler>>(std::move(handler));
    waiting->left = undecided.size();
    for (const std::size_t index : undecided) {
        boost::asio::co_spawn(
            executor,
            limiter.decide(requests[index]),
            [waiting, answer = &answers[index]](std::exception_ptr error, Result<Answer> decided) {
                waiting->error = error ? std::move(error) : std::move(waiting->error);
                *answer = std::move(decided);
                if (--waiting->left == 0) {
                    waiting->handler(std::move(waiting->error));
                }
            }
        );
    }
}

}  // namespace

Task<Answers> decide_batch(Limiter* limiter, const std::vector<LimitRequest>* requests) {
    Answers answers;
    answers.reserve(requests->size());
    std::vector<std::size_t> undecided;
    for (const LimitRequest& request : *requests) {
        auto decided = limiter->try_decide(request);
        if (!decided) {
            undecided.push_back(answers.size());
        }
        answers.push_back(decided ? std::move(*decided) : Result<Answer>(Answer{}));
    }
    if (!undecided.empty()) {
        const Executor executor = co_await boost::asio::this_coro::executor;
        auto initiate = [&](auto handler) {
            begin(*limiter, *requests, undecided, answers, executor, std::move(handler));
        };
        co_await boost::asio::
            async_initiate<const boost::asio::use_awaitable_t<Executor>, void(std::exception_ptr)>(
                initiate, boost::asio::use_awaitable_t<Executor>{}
            );
    }
    co_return answers;
}

}  // namespace rookery::api::limiter
