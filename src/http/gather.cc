#include "http/gather.h"

#include <climits>
#include <cstring>

namespace rookery::http {

namespace {

/// Skips the part of each piece that has left already.
class Gatherer {
public:
    Gatherer(std::size_t sent, std::vector<iovec>& out) : skip_(sent), out_(out) {}

    void add(std::string_view piece) {
        if (piece.size() <= skip_) {
            skip_ -= piece.size();
            return;
        }
        piece.remove_prefix(skip_);
        skip_ = 0;
        if (out_.size() < IOV_MAX) {
            out_.push_back({const_cast<char*>(piece.data()), piece.size()});
        }
    }

private:
    std::size_t skip_;
    std::vector<iovec>& out_;
};

constexpr std::size_t kJoinedPiecesMin = 3;
constexpr std::size_t kJoinedBytesMax = std::size_t{256} * 1024;

}  // namespace

std::size_t body_size(const Response& response) {
    std::size_t size = response.body.size();
    for (const Piece& fragment : response.fragments) {
        size += fragment.bytes.size();
    }
    return size;
}

void gather_pieces(
    std::string_view head,
    const Response& response,
    bool with_body,
    std::size_t sent,
    std::vector<iovec>& out
) {
    out.clear();
    Gatherer gatherer(sent, out);
    gatherer.add(head);
    if (!with_body) {
        return;
    }
    for (const Piece& fragment : response.fragments) {
        gatherer.add(fragment.bytes);
    }
    gatherer.add(response.body);
}

void join_small_pieces(std::vector<iovec>& pieces, std::vector<char>& buffer) {
    std::size_t bytes = 0;
    for (const iovec& piece : pieces) {
        bytes += piece.iov_len;
    }
    if (pieces.size() < kJoinedPiecesMin || bytes > kJoinedBytesMax) {
        return;
    }
    if (buffer.size() < bytes) {
        buffer.resize(bytes);
    }
    char* end = buffer.data();
    for (const iovec& piece : pieces) {
        std::memcpy(end, piece.iov_base, piece.iov_len);
        end += piece.iov_len;
    }
    pieces.assign(1, {buffer.data(), bytes});
}

}  // namespace rookery::http
