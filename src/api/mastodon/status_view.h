#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/api_config.h"
#include "api/mastodon/piece_list.h"
#include "api/mastodon/status_filters.h"
#include "api/mastodon/viewer_tail.h"
#include "base/task.h"
#include "feed/item.h"
#include "http/response.h"
#include "social/posts.h"
#include "social/reactions.h"
#include "social/viewers.h"

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
/// shared by all pages and readers until the post changes; a page is then put together from
/// finished pieces, which stay with the post's card: that part, the author's entity, three counts,
/// and one of 64 ready endings with what the viewer did. Items are taken as already filtered for
/// their reader. Thread-safe.
class StatusView {
public:
    /// All outlive the view.
    StatusView(
        const ApiConfig& config,
        social::Accounts& people,
        social::Posts& posts,
        social::Reactions& reactions,
        AccountView& accounts,
        StatusFilters& filters
    );
    ~StatusView();

    /// A JSON array of the page, put together of what is shared. `viewer` null: signed out.
    [[nodiscard]] Task<Result<std::vector<http::Piece>>>
    render_pieces(feed::Page page, social::ViewerPtr viewer);
    /// The same in one text.
    [[nodiscard]] Task<Result<std::string>> render_page(feed::Page page, social::ViewerPtr viewer);
    /// One entity an item, in their order.
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

private:
    class Texts;
    class Face;

    Task<Result<void>> complete(feed::Page* page);
    Task<Result<std::vector<StatusEnding>>>
    endings(const feed::Page* page, social::ViewerPtr viewer);
    const Face& face_of(const feed::Card& card);
    void append_head(PieceList& out, const feed::CardPtr& card);
    std::string head_of(const feed::CardPtr& card);
    void append_end(std::string& out, bool is_boost, const StatusEnding& ending) const;

    social::Accounts& people_;
    social::Posts& posts_;
    social::Reactions& reactions_;
    AccountView& accounts_;
    StatusFilters& filters_;
    std::unique_ptr<Texts> texts_;
    const ViewerTails tails_;
};

}  // namespace rookery::api::mastodon
