#pragma once

#include "api/mastodon/packed_text.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace rookery::api::mastodon {

/// A text that is written once, by one thread, into memory whose size is known beforehand.
class PageText {
public:
    static constexpr std::size_t kNumberBytesMax = 20;

    /// More than `bytes_max` are refused by std::length_error.
    explicit PageText(std::size_t bytes_max)
        : begin_(std::make_shared_for_overwrite<char[]>(bytes_max + TextDictionary::kSlackBytes)),
          end_(begin_.get()),
          room_(bytes_max) {}

    PageText(const PageText&) = delete;
    PageText& operator=(const PageText&) = delete;

    void append(std::string_view text) { std::memcpy(take(text.size()), text.data(), text.size()); }
    void append(char c) { *take(1) = c; }
    void append_number(std::int64_t number) {
        std::array<char, kNumberBytesMax> digits{};
        const auto last = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        append({digits.data(), last.ptr});
    }
    /// `packed` was made by `dictionary`.
    void append(const TextDictionary& dictionary, std::string_view packed) {
        dictionary.unpack(packed, take(TextDictionary::bytes_of(packed)));
    }

    [[nodiscard]] std::string_view view() const { return {begin_.get(), end_}; }
    /// Keeps what view() refers to.
    [[nodiscard]] std::shared_ptr<const void> keeper() const { return begin_; }

private:
    char* take(std::size_t bytes) {
        if (bytes > room_) {
            throw std::length_error("a text is longer than it was said to become");
        }
        room_ -= bytes;
        return std::exchange(end_, end_ + bytes);
    }

    std::shared_ptr<char[]> begin_;
    char* end_;
    std::size_t room_;
};

}  // namespace rookery::api::mastodon
