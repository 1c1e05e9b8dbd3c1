#pragma once

#include "base/result.h"
#include "limits/shared/store_address.h"

#include <hiredis/hiredis.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::limits {

struct StoreReplyDeleter {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using StoreReply = std::unique_ptr<redisReply, StoreReplyDeleter>;

[[nodiscard]] inline std::string_view text_of(const redisReply& reply) {
    return reply.str == nullptr ? std::string_view() : std::string_view(reply.str, reply.len);
}

/// A connection to Redis or Valkey that never blocks but for the look-up of a host's name. Answers
/// come in the order of the commands. Any error ends it. For one thread, which blocks SIGPIPE.
class StoreConnection {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Connects, logs in and chooses the database. Gives up at `deadline`, or when `stop` is
    /// readable.
    [[nodiscard]] static Result<StoreConnection>
    open(const StoreAddress& address, Moment deadline, int stop);

    /// Sends one command and waits for its answer; an answer that is an error is one.
    [[nodiscard]] Result<StoreReply> call(const std::vector<std::string>& words, Moment deadline);

    /// Adds a command to what is to be written.
    void send(const std::vector<std::string>& words);
    /// Writes what the socket takes.
    [[nodiscard]] Result<void> write();
    [[nodiscard]] bool has_unwritten() const { return unwritten_; }
    /// Reads what is there.
    [[nodiscard]] Result<void> read();
    /// The next whole answer, if it has been read.
    [[nodiscard]] Result<StoreReply> next();

    [[nodiscard]] int descriptor() const { return context_->fd; }

private:
    struct Deleter {
        void operator()(redisContext* context) const { redisFree(context); }
    };
    StoreConnection(redisContext* context, int stop) : context_(context), stop_(stop) {}

    [[nodiscard]] Result<void> wait(short events, Moment deadline) const;
    [[nodiscard]] Result<void> log_in(const StoreAddress& address, Moment deadline);
    [[nodiscard]] Error broken() const;

    std::unique_ptr<redisContext, Deleter> context_;
    int stop_;
    bool unwritten_ = false;
};

}  // namespace rookery::limits
