#include "feed/timelines.h"

#include "base/encoding.h"
#include "feed/collector.h"
#include "feed/id_stream.h"
#include "feed/presenter.h"
#include "social/tables.h"

#include <algorithm>

namespace rookery::feed {

namespace tables = social::tables;

namespace {

bool has_tag(const social::PostFacts& post, const std::string& tag) {
    return std::find(post.tags.begin(), post.tags.end(), tag) != post.tags.end();
}

bool matches_tags(const social::PostFacts& post, const TagQuery& query) {
    const auto is_on_post = [&post](const std::string& tag) { return has_tag(post, tag); };
    return (is_on_post(query.tag) || std::any_of(query.any.begin(), query.any.end(), is_on_post)) &&
           std::all_of(query.all.begin(), query.all.end(), is_on_post) &&
           std::none_of(query.none.begin(), query.none.end(), is_on_post);
}

std::vector<std::uint64_t> values_of(const std::vector<PostId>& ids) {
    std::vector<std::uint64_t> values;
    values.reserve(ids.size());
    for (const PostId id : ids) {
        values.push_back(id.value);
    }
    return values;
}

/// Merges the indexes of several tags; a post that has two of them comes once.
class TagMerge final : public IdStream {
public:
    explicit TagMerge(std::vector<IndexStream> streams, bool upwards)
        : streams_(std::move(streams)), upwards_(upwards), heads_(streams_.size()) {}

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override {
        std::vector<std::uint64_t> out;
        while (out.size() < count) {
            CO_CHECK(co_await fill_heads(count));
            std::uint64_t best = 0;
            for (const auto& head : heads_) {
                if (!head.empty() &&
                    (best == 0 || (upwards_ ? head.back() < best : head.back() > best))) {
                    best = head.back();
                }
            }
            if (best == 0) {
                break;
            }
            for (auto& head : heads_) {
                if (!head.empty() && head.back() == best) {
                    head.pop_back();
                }
            }
            out.push_back(best);
        }
        co_return out;
    }

private:
    /// Each head holds its stream's next ids, the first of them last.
    [[nodiscard]] Task<Result<void>> fill_heads(std::size_t count) {
        for (std::size_t i = 0; i < streams_.size(); ++i) {
            if (heads_[i].empty()) {
                CO_TRY(heads_[i], co_await streams_[i].next(count));
                std::reverse(heads_[i].begin(), heads_[i].end());
            }
        }
        co_return Result<void>{};
    }

    std::vector<IndexStream> streams_;
    const bool upwards_;
    std::vector<std::vector<std::uint64_t>> heads_;
};

}  // namespace

Timelines::Timelines(
    social::Environment environment,
    Cards& cards,
    const social::PostSequence& sequence
)
    : environment_(environment), cards_(cards), sequence_(sequence) {}

PageRules Timelines::rules_for(social::ViewerPtr viewer) const {
    return PageRules{
        .viewer = std::move(viewer),
        .horizon = sequence_.horizon(),
        .now_ms = environment_.clock.now_ms(),
    };
}

Task<Result<CardPage>>
Timelines::collect(IdStream* stream, PageRules rules, social::PageRequest request) {
    Presenter presenter(cards_);
    Collector collector(presenter, std::move(rules), 0, drops_);
    if (request.min_id != 0) {
        co_return co_await collector.upwards(stream, nullptr, request.limit);
    }
    co_return co_await collector.downwards(stream, request.since_id, request.limit);
}

Task<Result<CardPage>>
Timelines::public_posts(social::ViewerPtr viewer, bool only_media, social::PageRequest request) {
    if (only_media) {
        co_return CardPage{};  // no post has media: attachments are not accepted
    }
    PageRules rules = rules_for(std::move(viewer));
    IndexStream stream(
        environment_.store, {tables::kPublicPosts, ""}, span_of(request, rules.horizon), nullptr
    );
    co_return co_await collect(&stream, std::move(rules), request);
}

Task<Result<CardPage>>
Timelines::tag_posts(social::ViewerPtr viewer, TagQuery query, social::PageRequest request) {
    PageRules rules = rules_for(std::move(viewer));
    const Span span = span_of(request, rules.horizon);
    std::vector<IndexStream> streams;
    streams.emplace_back(environment_.store, Index{tables::kTagPosts, query.tag}, span, nullptr);
    for (const std::string& tag : query.any) {
        if (tag != query.tag) {
            streams.emplace_back(environment_.store, Index{tables::kTagPosts, tag}, span, nullptr);
        }
    }
    TagMerge stream(std::move(streams), span.upwards);
    rules.accepts = [query = std::move(query)](const Card& card) {
        return matches_tags(card.post, query);
    };
    co_return co_await collect(&stream, std::move(rules), request);
}

Task<Result<CardPage>> Timelines::account_posts(
    social::ViewerPtr viewer,
    social::AccountPtr account,
    AccountQuery query,
    social::PageRequest request
) {
    PageRules rules = rules_for(std::move(viewer));
    rules.wanted = false;  // a profile is opened on purpose, also that of somebody muted
    if (!query.tag.empty()) {
        rules.accepts = [tag = query.tag](const Card& card) { return has_tag(card.post, tag); };
    }
    IndexStream stream(
        environment_.store,
        {tables::kAuthorPosts, tables::id_bytes(account->id)},
        span_of(request, rules.horizon),
        [query](std::string_view value) {
            const auto flags = social::decode_author_post_flags(value);
            return flags && !(query.exclude_replies && flags->is_reply_to_other) &&
                   !(query.exclude_boosts && flags->is_boost) &&
                   !(query.only_media && !flags->has_media);
        }
    );
    co_return co_await collect(&stream, std::move(rules), request);
}

PageRules Timelines::rules_for(social::ViewerPtr viewer, bool only_wanted) const {
    PageRules rules = rules_for(std::move(viewer));
    rules.wanted = only_wanted;
    return rules;
}

Task<Result<CardPage>>
Timelines::present(social::ViewerPtr viewer, std::vector<PostId> ids, bool only_wanted) {
    Presenter presenter(cards_);
    co_return co_await presenter.present(values_of(ids), rules_for(std::move(viewer), only_wanted));
}

Task<Result<Page>>
Timelines::present_whole(social::ViewerPtr viewer, std::vector<PostId> ids, bool only_wanted) {
    Presenter presenter(cards_);
    co_return co_await presenter.present_whole(
        values_of(ids), rules_for(std::move(viewer), only_wanted)
    );
}

}  // namespace rookery::feed
