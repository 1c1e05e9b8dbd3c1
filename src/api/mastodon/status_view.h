#pragma once

#include "api/mastodon/account_view.h"
#include "api/mastodon/api_config.h"
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
/// finished pieces: that part, the author's entity, three counts, and one of 64 ready endings with
/// what the viewer did. Items are taken as already filtered for their reader. Thread-safe.
class StatusView {
public:
    /// All outlive the view.
    StatusView(
        const ApiConfig& config,
        social::Posts& posts,
        social::Reactions& reactions,
        AccountView& accounts,
        StatusFilters& filters
    );
    ~StatusView();

    /// A JSON array of the page. `viewer` null: signed out.
    [[nodiscard]] Task<Result<std::string>> render_page(feed::Page page, social::ViewerPtr viewer);
    /// One entity an item, in their order.
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    render_each(feed::Page page, social::ViewerPtr viewer);
    [[nodiscard]] Task<Result<std::string>> render(feed::Item item, social::ViewerPtr viewer);

    /// For those who send one post to many: see NeutralStatus.
    [[nodiscard]] Task<Result<NeutralStatus>> render_neutral(feed::Item item);
    /// The whole entity for one receiver.
    [[nodiscard]] std::string finish(const NeutralStatus& status, const StatusEnding& ending) const;

private:
    struct Facts;
    class Texts;

    Task<Result<Facts>> gather(const feed::Page* page, social::ViewerPtr viewer);
    void append(std::string& out, const feed::Page& page, const Facts& facts, std::size_t index);
    void
    append_head(std::string& out, const feed::Item& item, const Facts& facts, std::size_t index);
    void append_end(std::string& out, bool is_boost, const StatusEnding& ending) const;

    social::Posts& posts_;
    social::Reactions& reactions_;
    AccountView& accounts_;
    StatusFilters& filters_;
    std::unique_ptr<Texts> texts_;
    const ViewerTails tails_;
};

}  // namespace rookery::api::mastodon
