#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/page_text.h"
#include "api/mastodon/status_view.h"
#include "base/prefetch.h"
#include "feed/card.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::api::mastodon {

/// The packed texts of a card's entity. Where they lie and their hashes stand here again, so that a
/// page reads one line of memory for a post and not three more to come to its texts.
class StatusView::Face final : public feed::Card::Face {
public:
    /// The beginning of an entity, which changes with the post alone.
    struct Text {
        std::string packed;
        std::uint64_t hash = 0;  ///< of the text
    };
    using TextPtr = std::shared_ptr<const Text>;

    class Half {
    public:
        Half(TextPtr text, AccountFacePtr account)
            : text_(text->packed),
              account_(account->packed),
              bytes_(TextDictionary::bytes_of(text_) + TextDictionary::bytes_of(account_)),
              text_hash_(text->hash),
              account_hash_(account->hash),
              text_keeper_(std::move(text)),
              account_keeper_(std::move(account)) {}

        [[nodiscard]] const TextPtr& text() const { return text_keeper_; }
        /// Asks the processor for what write() reads.
        void fetch_ahead() const {
            prefetch_lines(text_.data(), text_.size());
            prefetch_lines(account_.data(), account_.size());
        }
        /// What write() appends.
        [[nodiscard]] std::size_t bytes() const { return bytes_; }
        void write(PageText& out, const TextDictionary& texts, const AccountView& accounts) const {
            out.append(texts, text_);
            out.append(accounts.dictionary(), account_);
        }
        /// Of what write() appends.
        [[nodiscard]] std::uint64_t text_hash() const { return text_hash_; }
        [[nodiscard]] std::uint64_t account_hash() const { return account_hash_; }

    private:
        std::string_view text_;
        std::string_view account_;
        std::size_t bytes_;
        std::uint64_t text_hash_;
        std::uint64_t account_hash_;
        TextPtr text_keeper_;
        AccountFacePtr account_keeper_;
    };

    explicit Face(Half of_shown) : shown(std::move(of_shown)) {}

    Half shown;                     ///< what is boosted, or the post itself
    std::unique_ptr<Half> booster;  ///< null if the post is no boost
};

}  // namespace rookery::api::mastodon
