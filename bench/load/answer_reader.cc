#include "load/answer_reader.h"

#include "base/encoding.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace rookery::load {

namespace {

constexpr std::size_t kHeadBytesMax = 65536;
constexpr std::size_t kLineBytesMax = 4096;

std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, base);
    if (error != std::errc() || stop != end || text.empty()) {
        return std::nullopt;
    }
    return number;
}

bool contains_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (ascii_iequals(trim_ascii(list.substr(0, comma)), token)) {
            return true;
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

}  // namespace

void AnswerReader::begin(bool keep_body) {
    state_ = State::kHead;
    framing_ = Framing::kLength;
    chunk_ = Chunk::kSize;
    keep_body_ = keep_body;
    keeps_alive_ = true;
    has_length_ = false;
    status_ = 0;
    left_ = 0;
    body_bytes_ = 0;
    head_.clear();
    line_.clear();
    body_.clear();
}

std::size_t AnswerReader::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && (state_ == State::kHead || state_ == State::kBody)) {
        const std::string_view rest = bytes.substr(taken);
        if (state_ == State::kHead) {
            taken += feed_head(rest);
        } else if (framing_ == Framing::kChunked) {
            taken += feed_chunked(rest);
        } else {
            const auto count = framing_ == Framing::kClose
                                   ? rest.size()
                                   : std::min<std::uint64_t>(left_, rest.size());
            take_body(rest.substr(0, count));
            taken += count;
        }
    }
    return taken;
}

void AnswerReader::close() {
    if (state_ == State::kBody && framing_ == Framing::kClose) {
        state_ = State::kDone;
    } else if (state_ != State::kDone) {
        state_ = State::kBroken;
    }
}

std::uint64_t AnswerReader::skippable() const {
    if (state_ != State::kBody || keep_body_) {
        return 0;
    }
    switch (framing_) {
        case Framing::kLength:
            return left_;
        case Framing::kChunked:
            return chunk_ == Chunk::kData ? left_ : 0;
        case Framing::kClose:
            return std::uint64_t{1} << 20;
    }
    return 0;
}

void AnswerReader::skipped(std::uint64_t count) {
    body_bytes_ += count;
    if (framing_ == Framing::kClose) {
        return;
    }
    left_ -= std::min(left_, count);
    if (left_ == 0) {
        if (framing_ == Framing::kLength) {
            state_ = State::kDone;
        } else {
            chunk_ = Chunk::kDataEnd;
        }
    }
}

void AnswerReader::take_body(std::string_view bytes) {
    if (keep_body_) {
        body_ += bytes;
    }
    skipped(bytes.size());
}

std::size_t AnswerReader::feed_head(std::string_view bytes) {
    const std::size_t before = head_.size();
    head_ += bytes;
    const std::size_t end = head_.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos) {
        if (head_.size() > kHeadBytesMax) {
            state_ = State::kBroken;
        }
        return bytes.size();
    }
    head_.resize(end + 4);
    const std::size_t taken = head_.size() - before;
    if (head_.size() > kHeadBytesMax || !parse_head()) {
        state_ = State::kBroken;
    } else if (status_ >= 100 && status_ < 200 && status_ != 101) {
        begin(keep_body_);  // an interim answer: the real one follows
    } else if (status_ == 204 || status_ == 304 || status_ == 101) {
        framing_ = Framing::kLength;
        state_ = State::kDone;
    } else {
        if (framing_ == Framing::kLength && !has_length_) {
            framing_ = Framing::kClose;
        }
        state_ = framing_ == Framing::kLength && left_ == 0 ? State::kDone : State::kBody;
    }
    return taken;
}

bool AnswerReader::parse_head() {
    std::string_view rest = head_;
    std::string_view line = rest.substr(0, rest.find("\r\n"));
    // "HTTP/1.1 200 OK"; the reason may be missing.
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ' ||
        (line.size() > 12 && line[12] != ' ')) {
        return false;
    }
    const auto status = parse_number(line.substr(9, 3), 10);
    if (!status || *status < 100) {
        return false;
    }
    status_ = static_cast<int>(*status);
    keeps_alive_ = line[7] != '0';
    rest.remove_prefix(line.size() + 2);
    while (rest.size() > 2) {
        line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(line.size() + 2);
        const std::size_t colon = line.find(':');
        if (colon == 0 || colon == std::string_view::npos ||
            !parse_field(line.substr(0, colon), trim_ascii(line.substr(colon + 1)))) {
            return false;
        }
    }
    return true;
}

bool AnswerReader::parse_field(std::string_view name, std::string_view value) {
    if (ascii_iequals(name, "Content-Length")) {
        const auto length = parse_number(value, 10);
        if (!length || (has_length_ && *length != left_)) {
            return false;
        }
        has_length_ = true;
        left_ = framing_ == Framing::kChunked ? 0 : *length;
    } else if (ascii_iequals(name, "Transfer-Encoding")) {
        if (!ascii_iequals(value, "chunked")) {
            return false;
        }
        framing_ = Framing::kChunked;
        left_ = 0;
    } else if (ascii_iequals(name, "Connection")) {
        if (contains_token(value, "close")) {
            keeps_alive_ = false;
        } else if (contains_token(value, "keep-alive")) {
            keeps_alive_ = true;
        }
    }
    return true;
}

std::size_t AnswerReader::feed_chunked(std::string_view bytes) {
    if (chunk_ == Chunk::kData) {
        const auto count = std::min<std::uint64_t>(left_, bytes.size());
        take_body(bytes.substr(0, count));
        return count;
    }
    const std::size_t newline = bytes.find('\n');
    const std::size_t count = newline == std::string_view::npos ? bytes.size() : newline + 1;
    line_ += bytes.substr(0, count);
    if (line_.size() > kLineBytesMax) {
        state_ = State::kBroken;
    } else if (line_.ends_with('\n')) {
        end_of_line();
        line_.clear();
    }
    return count;
}

void AnswerReader::end_of_line() {
    if (!line_.ends_with("\r\n")) {
        state_ = State::kBroken;
        return;
    }
    const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
    switch (chunk_) {
        case Chunk::kSize: {
            const auto size = parse_number(trim_ascii(line.substr(0, line.find(';'))), 16);
            if (!size) {
                state_ = State::kBroken;
                return;
            }
            left_ = *size;
            chunk_ = *size == 0 ? Chunk::kTrailer : Chunk::kData;
            break;
        }
        case Chunk::kDataEnd:
            if (line.empty()) {
                chunk_ = Chunk::kSize;
            } else {
                state_ = State::kBroken;
            }
            break;
        case Chunk::kTrailer:
            if (line.empty()) {
                state_ = State::kDone;
            }
            break;
        case Chunk::kData:
            break;
    }
}

}  // namespace rookery::load
