#include "social/edge_runs.h"

#include "base/codec.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kPairsPerBlock = 16'384;
constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr std::size_t kPairBytesMax = 20;  // two varints
constexpr std::size_t kPairBytesTotal = sizeof(IdPair);

Error file_error(std::string_view doing, int error) {
    return fail(
        ErrorCode::kInternal,
        "the import's scratch file failed",
        std::string(doing) + ": " + std::generic_category().message(error)
    );
}

/// Byte number `byte` of a pair, from the least that counts.
std::size_t digit(const IdPair& pair, std::size_t byte) {
    return byte < 8 ? (pair.second >> (8 * byte)) & 0xFF : (pair.first >> (8 * (byte - 8))) & 0xFF;
}

/// As pairs stand close together, differences are short.
void append_pair(ByteWriter& writer, const IdPair& pair, const IdPair& before) {
    writer.varint(pair.first - before.first);
    writer.varint(pair.first == before.first ? pair.second - before.second : pair.second);
}

std::uint64_t take_varint(const char*& at) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const auto part = static_cast<std::uint8_t>(*at++);
        value |= static_cast<std::uint64_t>(part & 0x7FU) << shift;
        if ((part & 0x80U) == 0) {
            break;
        }
    }
    return value;
}

}  // namespace

// By digits from the least to the most: several times faster than by comparing. Digits that all
// pairs share, which most are of small ids, cost nothing.
void sort_pairs(std::vector<IdPair>& pairs, std::vector<IdPair>& spare) {
    std::vector<std::array<std::size_t, 256>> counts(kPairBytesTotal);
    for (const IdPair& pair : pairs) {
        for (std::size_t byte = 0; byte < kPairBytesTotal; ++byte) {
            ++counts[byte].at(digit(pair, byte));
        }
    }
    spare.resize(pairs.size());
    for (std::size_t byte = 0; byte < kPairBytesTotal; ++byte) {
        std::array<std::size_t, 256>& places = counts[byte];
        if (std::ranges::find(places, pairs.size()) != places.end()) {
            continue;
        }
        std::size_t before = 0;
        for (std::size_t& place : places) {
            before += std::exchange(place, before);
        }
        for (const IdPair& pair : pairs) {
            spare[places[digit(pair, byte)]++] = pair;
        }
        pairs.swap(spare);
    }
    const auto repeated = std::ranges::unique(pairs);
    pairs.erase(repeated.begin(), repeated.end());
}

Result<EdgeRuns> EdgeRuns::create(const std::filesystem::path& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) {
        return file_error("making its directory", error.value());
    }
    std::string path = directory / "import-XXXXXX";
    const int file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) {
        return file_error("making it", errno);
    }
    ::unlink(path.c_str());
    return EdgeRuns(file);
}

EdgeRuns::EdgeRuns(EdgeRuns&& other) noexcept
    : file_(std::exchange(other.file_, -1)), size_(other.size_), runs_(std::move(other.runs_)) {}

EdgeRuns::~EdgeRuns() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

Result<void> EdgeRuns::append(std::span<const IdPair> sorted) {
    if (sorted.empty()) {
        return {};
    }
    Run run;
    std::string bytes;
    ByteWriter writer(bytes);
    while (!sorted.empty()) {
        const auto block = sorted.first(std::min(sorted.size(), kPairsPerBlock));
        sorted = sorted.subspan(block.size());
        bytes.clear();
        IdPair before;
        for (const IdPair& pair : block) {
            append_pair(writer, pair, before);
            before = pair;
        }
        run.blocks.push_back({block.front().first, size_});
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t written = ::pwrite(
                file_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(size_ + at)
            );
            if (written < 0 && errno != EINTR) {
                return file_error("writing it", errno);
            }
            at += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
        }
        size_ += bytes.size();
    }
    run.end = size_;
    runs_.push_back(std::move(run));
    return {};
}

std::vector<std::uint64_t> EdgeRuns::borders(std::size_t parts) const {
    std::vector<std::uint64_t> samples;
    for (const Run& run : runs_) {
        for (const Block& block : run.blocks) {
            samples.push_back(block.first);
        }
    }
    std::ranges::sort(samples);
    std::vector<std::uint64_t> borders;
    for (std::size_t part = 1; part < parts && !samples.empty(); ++part) {
        borders.push_back(samples[samples.size() * part / parts]);
    }
    const auto repeated = std::ranges::unique(borders);
    borders.erase(repeated.begin(), repeated.end());
    return borders;
}

EdgeMerge::EdgeMerge(const EdgeRuns& runs, std::uint64_t from, std::uint64_t until)
    : file_(runs.file_), until_(until) {
    cursors_.reserve(runs.runs_.size());
    for (const EdgeRuns::Run& run : runs.runs_) {
        // The last block that begins below `from`: those before it hold nothing above.
        const auto found = std::ranges::lower_bound(run.blocks, from, {}, &EdgeRuns::Block::first);
        const auto block = found == run.blocks.begin() ? found : std::prev(found);
        Cursor& cursor = cursors_.emplace_back();
        cursor.offset = block->offset;
        cursor.end = run.end;
        cursor.buffer.resize(kBufferBytes);
        bool is_there = advance(cursor);
        while (is_there && cursor.pair.first < from) {
            is_there = advance(cursor);
        }
        if (is_there) {
            heap_.push_back(&cursor);
        }
    }
    std::ranges::make_heap(heap_, [](const Cursor* a, const Cursor* b) {
        return a->pair > b->pair;
    });
}

std::optional<IdPair> EdgeMerge::next() {
    while (!heap_.empty()) {
        Cursor& least = *heap_.front();
        const IdPair pair = least.pair;
        if (!advance(least)) {
            heap_.front() = heap_.back();
            heap_.pop_back();
        }
        sift_down();
        if (pair != last_) {
            last_ = pair;
            return pair;
        }
    }
    return std::nullopt;
}

Result<void> EdgeMerge::status() const {
    return error_ == 0 ? Result<void>() : file_error("reading it", error_);
}

void EdgeMerge::sift_down() {
    std::size_t at = 0;
    while (true) {
        std::size_t child = 2 * at + 1;
        if (child >= heap_.size()) {
            return;
        }
        if (child + 1 < heap_.size() && heap_[child + 1]->pair < heap_[child]->pair) {
            ++child;
        }
        if (heap_[at]->pair <= heap_[child]->pair) {
            return;
        }
        std::swap(heap_[at], heap_[child]);
        at = child;
    }
}

/// False at the end of the run or of the range.
bool EdgeMerge::advance(Cursor& cursor) {
    if (cursor.size - cursor.at < kPairBytesMax && !fill(cursor)) {
        return false;
    }
    if (cursor.pairs++ % kPairsPerBlock == 0) {
        cursor.pair = {};
    }
    const char* at = cursor.buffer.data() + cursor.at;
    const std::uint64_t step = take_varint(at);
    const std::uint64_t second = take_varint(at);
    cursor.pair.first += step;
    cursor.pair.second = step == 0 ? cursor.pair.second + second : second;
    cursor.at = static_cast<std::size_t>(at - cursor.buffer.data());
    return cursor.pair.first < until_;
}

/// False if nothing is left.
bool EdgeMerge::fill(Cursor& cursor) {
    cursor.size -= cursor.at;
    std::memmove(cursor.buffer.data(), cursor.buffer.data() + cursor.at, cursor.size);
    cursor.at = 0;
    while (cursor.offset < cursor.end && cursor.size < kPairBytesMax) {
        const std::size_t wanted =
            std::min<std::uint64_t>(cursor.buffer.size() - cursor.size, cursor.end - cursor.offset);
        const ssize_t got = ::pread(
            file_, cursor.buffer.data() + cursor.size, wanted, static_cast<off_t>(cursor.offset)
        );
        if (got == 0 || (got < 0 && errno != EINTR)) {
            error_ = got == 0 ? EIO : errno;
            return false;
        }
        cursor.size += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        cursor.offset += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
    }
    return cursor.size > 0;
}

}  // namespace rookery::social
