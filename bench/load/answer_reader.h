#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::load {

/// Takes one HTTP/1.1 answer (RFC 9112) apart, however its bytes are cut: Content-Length, chunked,
/// and bodies that end with the connection. Written for the client alone, so that no error of the
/// server's own parser can be mirrored here. Not thread-safe.
class AnswerReader {
public:
    enum class State : std::uint8_t {
        kHead,    ///< the head is not complete
        kBody,    ///< more of the body is to come
        kDone,    ///< the answer is complete
        kBroken,  ///< these bytes are no answer; nothing more is taken
    };

    /// Before each answer. The body is kept only if `keep_body`.
    void begin(bool keep_body);

    /// Takes bytes and returns how many: fewer than there are only when the answer ended within
    /// them, or is broken.
    std::size_t feed(std::string_view bytes);
    /// The connection was closed by the other side: ends a body of unknown length.
    void close();

    /// So many of the next bytes are body that nobody needs to see; 0 if the bytes matter or the
    /// body is kept. What the kernel dropped of them is told by skipped().
    [[nodiscard]] std::uint64_t skippable() const;
    void skipped(std::uint64_t count);

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] int status() const { return status_; }
    /// True if the connection may be used again.
    [[nodiscard]] bool keeps_alive() const { return keeps_alive_ && framing_ != Framing::kClose; }
    /// Bytes of the head and of the body, without a chunked body's framing.
    [[nodiscard]] std::uint64_t head_bytes() const { return head_.size(); }
    [[nodiscard]] std::uint64_t body_bytes() const { return body_bytes_; }
    [[nodiscard]] const std::string& head() const { return head_; }
    /// The body so far, if it is kept.
    [[nodiscard]] const std::string& body() const { return body_; }

private:
    enum class Framing : std::uint8_t { kLength, kChunked, kClose };
    enum class Chunk : std::uint8_t { kSize, kData, kDataEnd, kTrailer };

    std::size_t feed_head(std::string_view bytes);
    std::size_t feed_chunked(std::string_view bytes);
    void end_of_line();
    void take_body(std::string_view bytes);
    bool parse_head();
    bool parse_field(std::string_view name, std::string_view value);

    State state_ = State::kHead;
    Framing framing_ = Framing::kLength;
    Chunk chunk_ = Chunk::kSize;
    bool keep_body_ = false;
    bool keeps_alive_ = true;
    bool has_length_ = false;
    int status_ = 0;
    std::uint64_t left_ = 0;  ///< of the body, or of the chunk
    std::uint64_t body_bytes_ = 0;
    std::string head_;
    std::string line_;  ///< a chunked body's line under way
    std::string body_;
};

}  // namespace rookery::load
