#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::http {

/// Undoes the chunked transfer coding (RFC 9112, section 7.1) as its bytes come in. Chunk
/// extensions and trailers are read over, within limits.
class ChunkedDecoder {
public:
    enum class Status : unsigned char { kNeedMore, kComplete, kMalformed, kTooLarge };

    explicit ChunkedDecoder(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}

    /// Takes what it can off the front of `bytes` and appends the decoded part to `body`. After
    /// kComplete what is left in `bytes` belongs to the next request; after kMalformed and
    /// kTooLarge the decoder is of no more use.
    Status decode(std::string_view& bytes, std::string& body);

private:
    enum class State : unsigned char {
        kSize,
        kExtension,
        kSizeLineFeed,
        kData,
        kDataCarriageReturn,
        kDataLineFeed,
        kTrailerStart,
        kTrailer,
        kTrailerLineFeed,
        kLastLineFeed,
        kDone,
    };

    bool step(char c);
    bool step_size(char c);
    bool step_trailer(char c);

    std::size_t body_bytes_max_;
    State state_ = State::kSize;
    std::uint64_t chunk_left_ = 0;
    unsigned size_digits_ = 0;
    std::size_t overhead_bytes_ = 0;  ///< extensions of this chunk, or all trailers
};

}  // namespace rookery::http
