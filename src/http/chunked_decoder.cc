#include "http/chunked_decoder.h"

#include "http/grammar.h"

#include <algorithm>

namespace rookery::http {

namespace {

constexpr unsigned kSizeDigitsMax = 15;  // a larger number could not be a body that we take
constexpr std::size_t kExtensionBytesMax = 256;
constexpr std::size_t kTrailerBytesMax = 8 * 1024;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

}  // namespace

ChunkedDecoder::Status ChunkedDecoder::decode(std::string_view& bytes, std::string& body) {
    while (state_ != State::kDone) {
        if (bytes.empty()) {
            return Status::kNeedMore;
        }
        if (state_ == State::kData) {
            const std::size_t size = std::min<std::uint64_t>(chunk_left_, bytes.size());
            body.append(bytes.substr(0, size));
            bytes.remove_prefix(size);
            chunk_left_ -= size;
            if (chunk_left_ == 0) {
                state_ = State::kDataCarriageReturn;
            }
            continue;
        }
        const char c = bytes.front();
        bytes.remove_prefix(1);
        if (!step(c)) {
            return Status::kMalformed;
        }
        if (state_ == State::kData && chunk_left_ > body_bytes_max_ - body.size()) {
            return Status::kTooLarge;
        }
    }
    return Status::kComplete;
}

bool ChunkedDecoder::step(char c) {
    switch (state_) {
        case State::kSize:
            return step_size(c);
        case State::kExtension:
            if (c == '\r') {
                state_ = State::kSizeLineFeed;
                return true;
            }
            return is_field_value({&c, 1}) && ++overhead_bytes_ <= kExtensionBytesMax;
        case State::kSizeLineFeed:
            state_ = chunk_left_ > 0 ? State::kData : State::kTrailerStart;
            size_digits_ = 0;
            overhead_bytes_ = 0;
            return c == '\n';
        case State::kDataCarriageReturn:
            state_ = State::kDataLineFeed;
            return c == '\r';
        case State::kDataLineFeed:
            state_ = State::kSize;
            return c == '\n';
        case State::kTrailerStart:
        case State::kTrailer:
        case State::kTrailerLineFeed:
            return step_trailer(c);
        case State::kLastLineFeed:
            state_ = State::kDone;
            return c == '\n';
        case State::kData:
        case State::kDone:
            return false;
    }
    return false;
}

bool ChunkedDecoder::step_size(char c) {
    if (const int digit = hex_digit(c); digit >= 0) {
        chunk_left_ = chunk_left_ * 16 + static_cast<unsigned>(digit);
        return ++size_digits_ <= kSizeDigitsMax;
    }
    if (size_digits_ == 0) {
        return false;
    }
    if (c == '\r') {
        state_ = State::kSizeLineFeed;
        return true;
    }
    state_ = State::kExtension;
    return c == ';';
}

bool ChunkedDecoder::step_trailer(char c) {
    if (state_ == State::kTrailerLineFeed) {
        state_ = State::kTrailerStart;
        return c == '\n';
    }
    if (c == '\r') {
        state_ = state_ == State::kTrailerStart ? State::kLastLineFeed : State::kTrailerLineFeed;
        return true;
    }
    const bool allowed =
        state_ == State::kTrailerStart ? is_token_char(c) : is_field_value({&c, 1});
    state_ = State::kTrailer;
    return allowed && ++overhead_bytes_ <= kTrailerBytesMax;
}

}  // namespace rookery::http
