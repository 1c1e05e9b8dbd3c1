#pragma once

#include "http/response.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::api::mastodon {

/// An answer in the making: texts that exist already are referred to, what is said between them is
/// written into one text of its own.
class PieceList {
public:
    PieceList(std::size_t pieces, std::size_t own_bytes) {
        pieces_.reserve(pieces);
        owned_.reserve(pieces / 2);
        own_.reserve(own_bytes);
    }

    /// The text of its own, to be appended to.
    [[nodiscard]] std::string& own() { return own_; }

    /// `owner` keeps `text`, and what is referred to after it without an owner.
    void
    refer(std::string_view text, std::uint64_t hash, std::shared_ptr<const void> owner = nullptr) {
        end_own();
        pieces_.emplace_back(text, hash, std::move(owner));
    }

    /// All of it, to be taken once.
    [[nodiscard]] std::vector<http::Piece> take() {
        end_own();
        auto kept = std::make_shared<const std::string>(std::move(own_));
        std::string_view rest = *kept;
        for (const auto& [index, bytes] : owned_) {
            pieces_[index].bytes = rest.substr(0, bytes);
            rest.remove_prefix(bytes);
        }
        if (!owned_.empty()) {
            pieces_[owned_.front().first].owner = std::move(kept);
        }
        return std::move(pieces_);
    }

private:
    void end_own() {
        if (own_.size() > ended_) {
            owned_.emplace_back(pieces_.size(), own_.size() - ended_);
            pieces_.emplace_back();
            ended_ = own_.size();
        }
    }

    std::vector<http::Piece> pieces_;
    std::string own_;
    std::size_t ended_ = 0;                                   ///< of `own_`, what is in pieces
    std::vector<std::pair<std::size_t, std::size_t>> owned_;  ///< index and bytes of such a piece
};

/// The bytes of pieces in one text.
[[nodiscard]] inline std::string joined(const std::vector<http::Piece>& pieces) {
    std::size_t bytes = 0;
    for (const http::Piece& piece : pieces) {
        bytes += piece.bytes.size();
    }
    std::string out;
    out.reserve(bytes);
    for (const http::Piece& piece : pieces) {
        out += piece.bytes;
    }
    return out;
}

}  // namespace rookery::api::mastodon
