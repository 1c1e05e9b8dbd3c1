#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// Appends values to a byte string. Formats made with it are described in docs/formats/.
class ByteWriter {
public:
    explicit ByteWriter(std::string& out) : out_(out) {}

    void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
    /// LEB128: 7 bits a byte, low bits first.
    void varint(std::uint64_t value) {
        while (value >= 0x80) {
            byte(static_cast<std::uint8_t>(value) | 0x80U);
            value >>= 7;
        }
        byte(static_cast<std::uint8_t>(value));
    }
    /// Zigzag, then LEB128.
    void signed_varint(std::int64_t value) {
        varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    /// 8 bytes, most significant first: byte order is numeric order.
    void fixed64(std::uint64_t value) {
        std::array<char, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<char>(static_cast<std::uint8_t>(value >> (56 - 8 * i)));
        }
        out_.append(bytes.data(), bytes.size());
    }
    /// A varint length, then the bytes.
    void string(std::string_view value) {
        varint(value.size());
        out_.append(value);
    }

private:
    std::string& out_;
};

/// Reads what ByteWriter wrote. Any read past the end or out of range turns `ok()` false for good
/// and returns a zero value, so that a decoder checks once, at its end.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] std::uint8_t byte() {
        if (rest_.empty()) {
            ok_ = false;
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    [[nodiscard]] std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t part = byte();
            value |= static_cast<std::uint64_t>(part & 0x7FU) << shift;
            if ((part & 0x80U) == 0) {
                return value;
            }
        }
        ok_ = false;
        return 0;
    }
    [[nodiscard]] std::int64_t signed_varint() {
        const std::uint64_t raw = varint();
        return static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1U);
    }
    [[nodiscard]] std::uint64_t fixed64() {
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i) {
            value = (value << 8) | byte();
        }
        return value;
    }
    /// A view into the bytes given to the constructor.
    [[nodiscard]] std::string_view string() {
        const std::uint64_t size = varint();
        if (!ok_ || size > rest_.size()) {
            ok_ = false;
            return {};
        }
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    /// The count of a list whose items take at least one byte each: a larger count is an error, so
    /// that corrupt bytes cannot make a reader reserve gigabytes.
    [[nodiscard]] std::size_t count() {
        const std::uint64_t value = varint();
        if (value > rest_.size()) {
            ok_ = false;
            return 0;
        }
        return static_cast<std::size_t>(value);
    }

    /// Everything not yet read, as it stands; nothing is left afterwards.
    [[nodiscard]] std::string_view rest() {
        const std::string_view value = rest_;
        rest_ = {};
        return value;
    }

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// Everything was read and nothing was wrong.
    [[nodiscard]] bool complete() const { return ok_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace rookery
