#include "limits/shared/store_connection.h"

#include <poll.h>

#include <algorithm>
#include <array>

namespace rookery::limits {

namespace {

Error unavailable(std::string_view what) {
    return fail(ErrorCode::kUnavailable, std::string(what));
}

int milliseconds_until(StoreConnection::Moment deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
}

}  // namespace

Result<StoreConnection>
StoreConnection::open(const StoreAddress& address, Moment deadline, int stop) {
    StoreConnection connection(
        address.host.empty() ? redisConnectUnixNonBlock(address.path.c_str())
                             : redisConnectNonBlock(address.host.c_str(), address.port),
        stop
    );
    if (connection.context_ == nullptr) {
        return unavailable("no memory for a connection");
    }
    if (connection.context_->err != 0) {
        return connection.broken();
    }
    // If it could not connect, the first write says so.
    if (auto connected = connection.wait(POLLOUT, deadline); !connected) {
        return std::move(connected).error();
    }
    if (!address.host.empty()) {
        // One that has gone silent is noticed before somebody asks.
        redisEnableKeepAlive(connection.context_.get());
    }
    if (auto logged_in = connection.log_in(address, deadline); !logged_in) {
        return std::move(logged_in).error();
    }
    return connection;
}

Result<void> StoreConnection::log_in(const StoreAddress& address, Moment deadline) {
    if (!address.password.empty()) {
        std::vector<std::string> words{"AUTH"};
        if (!address.user.empty()) {
            words.push_back(address.user);
        }
        words.push_back(address.password);
        if (auto reply = call(words, deadline); !reply) {
            return std::move(reply).error();
        }
    }
    if (address.database != 0) {
        const auto database = std::to_string(address.database);
        if (auto reply = call({"SELECT", database}, deadline); !reply) {
            return std::move(reply).error();
        }
    }
    return {};
}

Result<StoreReply> StoreConnection::call(const std::vector<std::string>& words, Moment deadline) {
    send(words);
    for (;;) {
        if (auto written = write(); !written) {
            return std::move(written).error();
        }
        TRY(StoreReply reply, next());
        if (reply != nullptr) {
            if (reply->type == REDIS_REPLY_ERROR) {
                return unavailable(text_of(*reply));
            }
            return reply;
        }
        const auto events = static_cast<short>(unwritten_ ? POLLIN | POLLOUT : POLLIN);
        if (auto ready = wait(events, deadline); !ready) {
            return std::move(ready).error();
        }
        if (auto got = read(); !got) {
            return std::move(got).error();
        }
    }
}

void StoreConnection::send(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    redisAppendCommandArgv(
        context_.get(), static_cast<int>(words.size()), texts.data(), sizes.data()
    );
    unwritten_ = true;
}

Result<void> StoreConnection::write() {
    int done = 0;
    if (unwritten_ && redisBufferWrite(context_.get(), &done) != REDIS_OK) {
        return broken();
    }
    unwritten_ = unwritten_ && done == 0;
    return {};
}

Result<void> StoreConnection::read() {
    if (redisBufferRead(context_.get()) != REDIS_OK) {
        return broken();
    }
    return {};
}

Result<StoreReply> StoreConnection::next() {
    void* reply = nullptr;
    if (redisGetReplyFromReader(context_.get(), &reply) != REDIS_OK) {
        return broken();
    }
    return StoreReply(static_cast<redisReply*>(reply));
}

Result<void> StoreConnection::wait(short events, Moment deadline) const {
    std::array<pollfd, 2> waited{
        pollfd{.fd = descriptor(), .events = events}, pollfd{.fd = stop_, .events = POLLIN}
    };
    const int ready = ::poll(waited.data(), waited.size(), milliseconds_until(deadline));
    if (ready == 0) {
        return fail(ErrorCode::kTimeout, "no answer in time");
    }
    if (ready < 0 || waited[1].revents != 0) {
        return unavailable(ready < 0 ? "poll failed" : "stopping");
    }
    return {};
}

Error StoreConnection::broken() const {
    return unavailable(context_->errstr);
}

}  // namespace rookery::limits
