#include "http/gather.h"

#include <climits>

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

}  // namespace rookery::http
