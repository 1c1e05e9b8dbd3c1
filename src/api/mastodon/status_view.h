#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/api_config.h"
#include "api/mastodon/packed_text.h"
#include "api/mastodon/page_text.h"
#include "api/mastodon/status_filters.h"
#include "api/mastodon/viewer_tail.h"
#include "base/task.h"
#include "feed/cards.h"
#include "feed/item.h"
#include "http/entity_tag.h"
#include "http/response.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/viewers.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// A status entity up to what depends on who looks at it: one is made, many receive it.
struct NeutralStatus {
    std::string head;
    bool is_boost = false;
    PostId shown;   ///< the post itself, or what it boosts
    PostId thread;  ///< of `shown`
    AccountId shown_author;
};

/// What a status entity says to its viewer alone.
struct StatusEnding {
    ViewerTail tail;
    std::string filtered;  ///< see StatusFilters::results
};

/// Posts as Status entities. The long part of each (text, mentions, addresses) is made once and
/// shared by all pages and readers until the post changes; a page is then written from what stays
/// with the post's card: that part and the author's entity, both packed, three counts, and one of
/// 64 ready endings with what the viewer did. Pages are taken as already filtered for their reader.
/// Faces are read by the view that made them alone, whose dictionaries they are packed by: cards
/// have one view for their whole life. Thread-safe.
class StatusView final : public feed::CardView {
public:
    /// All outlive the view. Makes the faces of `cards` as long as it lives.
    StatusView(
        const ApiConfig& config,
        feed::Cards& cards,
        social::Accounts& people,
        social::Posts& posts,
        social::Reactions& reactions,
        AccountView& accounts,
        StatusFilters& filters
    );
    ~StatusView() override;

    /// The cards of items, in their order: their own, one that says the same, or one that is made
    /// of the posts and authors that they have.
    [[nodiscard]] Task<Result<feed::CardPage>> cards_of(feed::Page page);

    /// What stands around an array, in one text with it.
    struct Around {
        std::string before;
        std::string after;
    };
    /// A JSON array of the page. `viewer` null: signed out.
    [[nodiscard]] Task<Result<http::Piece>>
    render_array(feed::CardPage page, social::ViewerPtr viewer, Around around = {});
    [[nodiscard]] Task<Result<std::string>> render_page(feed::Page page, social::ViewerPtr viewer);
    /// One entity a post, in their order.
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    render_each(feed::CardPage page, social::ViewerPtr viewer);
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    render_each(feed::Page page, social::ViewerPtr viewer);
    [[nodiscard]] Task<Result<std::string>> render(feed::Item item, social::ViewerPtr viewer);

    /// A post that was made just now, as its author sees it: nobody has done anything to it yet.
    /// `muted`: they have muted its thread.
    [[nodiscard]] Task<Result<std::string>>
    render_new(social::PostPtr post, social::AccountPtr author, bool muted);

    /// For those who send one post to many: see NeutralStatus.
    [[nodiscard]] Task<Result<NeutralStatus>> render_neutral(feed::Item item);
    /// The whole entity for one receiver.
    [[nodiscard]] std::string finish(const NeutralStatus& status, const StatusEnding& ending) const;

    [[nodiscard]] std::unique_ptr<const feed::Card::Face>
    face_of(const feed::Card& card, const feed::CardPosts& posts) override;
    [[nodiscard]] std::unique_ptr<const feed::Card::Face>
    face_like(const feed::Card& card, const feed::Card::Face& former) override;

private:
    class Face;

    Task<Result<feed::CardPage>> ready_cards(const feed::Page* page);
    Task<Result<std::vector<StatusEnding>>>
    endings(const feed::CardPage* page, social::ViewerPtr viewer);
    static const Face& face_on(const feed::Card& card);
    static std::size_t head_bytes_max(const feed::Card& card);
    void append_head(PageText& out, const feed::Card& card) const;
    std::size_t end_bytes_max(const StatusEnding& ending) const;
    template <class Out>
    void append_end(Out& out, bool is_boost, const StatusEnding& ending) const;
    std::string whole(const feed::Card& card, const StatusEnding& ending) const;
    std::uint64_t hash_of(
        const feed::CardPage& page,
        const std::vector<StatusEnding>& ends,
        const Around& around
    ) const;

    const ApiConfig& config_;
    feed::Cards& cards_;
    social::Accounts& people_;
    social::Posts& posts_;
    social::Reactions& reactions_;
    AccountView& accounts_;
    StatusFilters& filters_;
    const http::KeyedHash hash_;
    const TextDictionary dictionary_;
    const ViewerTails tails_;
};

}  // namespace rookery::api::mastodon
