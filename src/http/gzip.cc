#include "http/gzip.h"

#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace rookery::http {

namespace {

constexpr int kFastestLevel = 1;
constexpr int kFastLevelsMax = 2;
constexpr int kGzipWindowBits = 15 + 16;  // zlib.h: 16 asks for the gzip wrapper
constexpr std::size_t kChunkBytes = 16 * 1024;
constexpr std::size_t kKeptBytesMax = 256 * 1024;  // of the text of a former answer

/// A deflate stream that is reset, not rebuilt, from answer to answer.
class Deflater {
public:
    explicit Deflater(int level) : level_(level) {}
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    virtual ~Deflater() = default;

    [[nodiscard]] int level() const { return level_; }
    /// Appends a whole file to `out`. False if it failed.
    [[nodiscard]] virtual bool pack(std::string_view bytes, std::string& out) = 0;

private:
    int level_;
};

class ZlibDeflater final : public Deflater {
public:
    explicit ZlibDeflater(int level) : Deflater(level) {
        ready_ =
            deflateInit2(
                &stream_, level, Z_DEFLATED, kGzipWindowBits, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY
            ) == Z_OK;
    }
    ~ZlibDeflater() override {
        if (ready_) {
            deflateEnd(&stream_);
        }
    }

    [[nodiscard]] bool pack(std::string_view bytes, std::string& out) override {
        if (!ready_ || deflateReset(&stream_) != Z_OK) {
            return false;
        }
        // zlib's interface predates const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        std::array<char, kChunkBytes> chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(chunk.data());
            stream_.avail_out = static_cast<uInt>(chunk.size());
            if (deflate(&stream_, Z_FINISH) == Z_STREAM_ERROR) {
                return false;
            }
            out.append(chunk.data(), chunk.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return true;
    }

private:
    z_stream stream_{};
    bool ready_ = false;
};

class IsalDeflater final : public Deflater {
public:
    explicit IsalDeflater(int level) : Deflater(level) {
        if (level > kFastestLevel) {
            tables_.resize(ISAL_DEF_LVL1_DEFAULT);
        }
        isal_deflate_init(&stream_);
    }

    [[nodiscard]] bool pack(std::string_view bytes, std::string& out) override {
        isal_deflate_reset(&stream_);
        stream_.level = static_cast<std::uint32_t>(level() - kFastestLevel);
        stream_.level_buf = tables_.data();
        stream_.level_buf_size = static_cast<std::uint32_t>(tables_.size());
        stream_.gzip_flag = IGZIP_GZIP;
        stream_.flush = NO_FLUSH;
        stream_.end_of_stream = 1;
        stream_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<std::uint32_t>(bytes.size());
        std::array<char, kChunkBytes> chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        do {
            stream_.next_out = reinterpret_cast<std::uint8_t*>(chunk.data());
            stream_.avail_out = static_cast<std::uint32_t>(chunk.size());
            if (isal_deflate(&stream_) != COMP_OK) {
                return false;
            }
            out.append(chunk.data(), chunk.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return true;
    }

private:
    isal_zstream stream_{};
    std::vector<std::uint8_t> tables_;
};

std::unique_ptr<Deflater> make_deflater(int level) {
    if (level <= kFastLevelsMax) {
        return std::make_unique<IsalDeflater>(level);
    }
    return std::make_unique<ZlibDeflater>(level);
}

}  // namespace

std::string gzip(const Response& response, int level) {
    thread_local std::unique_ptr<Deflater> deflater;
    if (!deflater || deflater->level() != level) {
        deflater = make_deflater(level);
    }
    std::string out;
    if (response.fragments.empty()) {
        return deflater->pack(response.body, out) ? out : std::string();
    }
    // In one piece: a compressor that is given many small ones does little with each.
    thread_local std::string whole;
    whole.clear();
    for (const Piece& fragment : response.fragments) {
        whole += fragment.bytes;
    }
    whole += response.body;
    const bool is_packed = deflater->pack(whole, out);
    if (whole.capacity() > kKeptBytesMax) {
        whole = std::string();
    }
    return is_packed ? out : std::string();
}

}  // namespace rookery::http
