#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::search {

/// Takes bytes, one after another.
class Sink {
public:
    virtual ~Sink() = default;

    void append(std::string_view bytes) {
        size_ += bytes.size();
        put(bytes);
    }
    /// So many bytes were appended.
    [[nodiscard]] std::uint64_t size() const { return size_; }

protected:
    Sink() = default;
    Sink(const Sink&) = default;
    Sink(Sink&&) = default;
    Sink& operator=(const Sink&) = default;
    Sink& operator=(Sink&&) = default;

private:
    virtual void put(std::string_view bytes) = 0;

    std::uint64_t size_ = 0;
};

/// Keeps them in memory.
class StringSink final : public Sink {
public:
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    void put(std::string_view bytes) override { bytes_ += bytes; }

    std::string bytes_;
};

}  // namespace rookery::search
