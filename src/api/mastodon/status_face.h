#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/piece_list.h"
#include "api/mastodon/status_view.h"
#include "base/prefetch.h"
#include "feed/card.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::api::mastodon {

/// The pieces of a card's entity. Where they lie and their hashes stand here again, so that a page
/// reads one line of memory for a post and not three more to come to its texts.
class StatusView::Face final : public feed::Card::Face {
public:
    /// The beginning of an entity, which changes with the post alone.
    struct Text {
        std::string text;
        std::uint64_t hash = 0;  ///< of the text
    };
    using TextPtr = std::shared_ptr<const Text>;

    class Half {
    public:
        Half(TextPtr text, AccountFacePtr account)
            : text_(text->text),
              text_hash_(text->hash),
              account_(account->text),
              account_hash_(account->hash),
              text_keeper_(std::move(text)),
              account_keeper_(std::move(account)) {}

        [[nodiscard]] const TextPtr& text() const { return text_keeper_; }
        /// Asks the processor for what append() refers to: it is copied a moment later.
        void fetch_ahead() const {
            prefetch_lines(text_.data(), text_.size());
            prefetch_lines(account_.data(), account_.size());
        }
        /// `keeper` keeps this.
        void append(PieceList& out, feed::CardPtr keeper) const {
            out.refer(text_, text_hash_, std::move(keeper));
            out.refer(account_, account_hash_);
        }

    private:
        std::string_view text_;
        std::uint64_t text_hash_ = 0;
        std::string_view account_;
        std::uint64_t account_hash_ = 0;
        TextPtr text_keeper_;
        AccountFacePtr account_keeper_;
    };

    explicit Face(Half of_shown) : shown(std::move(of_shown)) {}

    Half shown;                     ///< what is boosted, or the post itself
    std::unique_ptr<Half> booster;  ///< null if the post is no boost
};

}  // namespace rookery::api::mastodon
