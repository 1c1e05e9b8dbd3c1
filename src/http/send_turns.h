#pragma once

#include "base/task.h"

#include <memory>
#include <vector>

namespace rookery::http {

/// Lets the answers that become ready at about the same time leave one right behind the other. A
/// client, or a proxy before the server, on the same machine is woken for each burst and not for
/// each answer, and the processor stays with the same work for longer. Nobody waits for more than
/// what is ready already. For the coroutines of one executor's thread.
class SendTurns {
public:
    /// To be destroyed when the executor's context runs no more and is still there.
    explicit SendTurns(Executor executor);
    ~SendTurns();
    SendTurns(const SendTurns&) = delete;
    SendTurns& operator=(const SendTurns&) = delete;

    /// Returns when the caller should send.
    [[nodiscard]] Task<void> mine();

private:
    class Waiting;
    /// More would wait for the first of them longer than a wake-up costs.
    static constexpr std::size_t kBurst = 4;

    void run();

    Executor executor_;
    std::vector<std::unique_ptr<Waiting>> waiting_;
};

}  // namespace rookery::http
