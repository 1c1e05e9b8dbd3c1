#pragma once

#include "base/result.h"
#include "load/target.h"
#include "load/websocket_reader.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::load {

enum class StreamProtocol : std::uint8_t { kWebSocket, kServerSentEvents };

/// Many open streams of people's home timelines. Answers pings. One thread.
class StreamSet {
public:
    StreamSet(const Target& target, StreamProtocol protocol);
    StreamSet(const StreamSet&) = delete;
    StreamSet& operator=(const StreamSet&) = delete;
    ~StreamSet();

    /// Opens one more for each token; kUnavailable says which was refused.
    [[nodiscard]] Result<void> open(const std::vector<std::string>& tokens);
    /// Reads whatever comes for so long, or until `done` says so. `heard` gets a stream's number
    /// (in the order of opening) and the bytes of an event, or of a part of one for SSE.
    void listen(
        double seconds,
        const std::function<void(std::size_t stream, std::string_view bytes)>& heard,
        const std::function<bool()>& done
    );

    [[nodiscard]] std::size_t size() const { return streams_.size(); }
    /// Streams that the server has ended.
    [[nodiscard]] std::size_t closed() const { return closed_; }

private:
    struct Stream {
        int fd = -1;
        bool is_open = false;  ///< the handshake is done
        std::string head;      ///< until then
        std::unique_ptr<WebSocketReader> frames;
    };
    using Heard = std::function<void(std::size_t, std::string_view)>;

    [[nodiscard]] std::string handshake(std::string_view token) const;
    [[nodiscard]] bool wait(double seconds, const Heard& heard);
    void receive(std::size_t index, const Heard& heard);
    void take(std::size_t index, std::string_view bytes, const Heard& heard);
    void end(std::size_t index);

    Target target_;
    StreamProtocol protocol_;
    int epoll_ = -1;
    std::vector<Stream> streams_;
    std::size_t opening_ = 0;  ///< handshakes under way
    std::size_t closed_ = 0;
    std::string refusal_;
    std::vector<char> buffer_;
};

}  // namespace rookery::load
