#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace rookery::http {

/// Bytes received and not yet used, in one block that can be given back while a connection is idle.
class ReadBuffer {
public:
    [[nodiscard]] std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }

    void consume(std::size_t bytes) {
        begin_ += bytes;
        if (begin_ == end_) {
            begin_ = end_ = 0;
        }
    }

    /// Room for at least `least` more bytes; fill it and tell commit().
    [[nodiscard]] std::span<char> prepare(std::size_t least) {
        if (capacity_ - end_ < least) {
            make_room(least);
        }
        return {data_.get() + end_, capacity_ - end_};
    }
    void commit(std::size_t bytes) { end_ += bytes; }

    /// Frees the block. What it held is lost.
    void release() {
        data_.reset();
        begin_ = end_ = capacity_ = 0;
    }

    /// Frees an empty block that a large body has left.
    void shrink() {
        if (empty() && capacity_ > kKeptBytesMax) {
            release();
        }
    }

private:
    static constexpr std::size_t kKeptBytesMax = 16 * 1024;
    static constexpr std::size_t kBytesMin = 4 * 1024;

    void make_room(std::size_t least) {
        const std::size_t used = end_ - begin_;
        if (begin_ > 0 && used + least <= capacity_) {
            std::memmove(data_.get(), data_.get() + begin_, used);
        } else {
            const std::size_t capacity = std::max({kBytesMin, capacity_ * 2, used + least});
            auto data = std::make_unique_for_overwrite<char[]>(capacity);
            if (used > 0) {
                std::memcpy(data.get(), data_.get() + begin_, used);
            }
            data_ = std::move(data);
            capacity_ = capacity;
        }
        begin_ = 0;
        end_ = used;
    }

    std::unique_ptr<char[]> data_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace rookery::http
