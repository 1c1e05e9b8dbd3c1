#include "app/search_upkeep.h"

#include "base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::chrono::milliseconds kIdlePause{200};
constexpr std::chrono::milliseconds kRetryPause{1'000};

void warn(std::string_view what, const Error& error) {
    log::warning(what, {{"error", error.message}, {"detail", error.detail}});
}

}  // namespace

SearchUpkeep::SearchUpkeep(
    discover::PostIndexer& indexer,
    ports::SearchIndex& index,
    std::chrono::milliseconds flush_interval,
    metrics::Registry& registry
)
    : indexer_(indexer), index_(index), flush_interval_(flush_interval) {
    registry.gauge_function("rookery_search_documents", "Posts in the index.", {}, [&index] {
        return static_cast<double>(index.size().documents);
    });
    registry.gauge_function("rookery_search_bytes", "Size of the index.", {}, [&index] {
        return static_cast<double>(index.size().bytes);
    });
    registry.gauge_function(
        "rookery_search_filling",
        "1 while all posts are being put into the index, and 0 otherwise.",
        {},
        [&indexer] { return indexer.progress().filling ? 1.0 : 0.0; }
    );
}

SearchUpkeep::~SearchUpkeep() {
    stop();
}

void SearchUpkeep::start() {
    boost::asio::co_spawn(context_, run(), [](std::exception_ptr error) {
        if (error) {
            std::rethrow_exception(error);
        }
    });
    thread_ = std::thread([this] { context_.run(); });
}

void SearchUpkeep::stop() {
    if (!thread_.joinable()) {
        return;
    }
    stopping_ = true;
    boost::asio::post(context_, [this] { timer_.cancel(); });
    thread_.join();
}

Task<void> SearchUpkeep::run() {
    flushed_at_ = std::chrono::steady_clock::now();
    co_await catch_up();
    while (!stopping_) {
        const bool more = co_await step();
        if (std::chrono::steady_clock::now() - flushed_at_ >= flush_interval_) {
            co_await flush();
        }
        if (!more && !stopping_) {
            co_await pause(kIdlePause);
        }
    }
    co_await flush();
}

Task<void> SearchUpkeep::catch_up() {
    while (!stopping_) {
        const auto caught_up = co_await indexer_.catch_up();
        if (caught_up) {
            break;
        }
        warn("the search index cannot catch up", caught_up.error());
        co_await pause(kRetryPause);
    }
}

Task<bool> SearchUpkeep::step() {
    const auto more = co_await indexer_.work();
    if (more) {
        co_return *more;
    }
    warn("the search index cannot be filled", more.error());
    co_await pause(kRetryPause);
    co_return true;
}

Task<void> SearchUpkeep::flush() {
    const auto flushed = co_await index_.flush();
    if (!flushed) {
        warn("the search index cannot be written", flushed.error());
    }
    flushed_at_ = std::chrono::steady_clock::now();
}

Task<void> SearchUpkeep::pause(std::chrono::milliseconds time) {
    if (stopping_) {
        co_return;
    }
    boost::system::error_code cancelled;
    timer_.expires_after(time);
    co_await timer_.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>{}, cancelled)
    );
}

}  // namespace rookery::app
