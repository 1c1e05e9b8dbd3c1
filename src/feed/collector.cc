#include "feed/collector.h"

#include <algorithm>
#include <iterator>

namespace rookery::feed {

namespace {

PostId subject_of(const CardPtr& card) {
    return card->post.is_boost() ? card->post.boost_of : card->post.id;
}

/// True if `subject` is among the cards.
bool has_subject(std::span<const CardPtr> cards, PostId subject) {
    return std::any_of(cards.begin(), cards.end(), [subject](const CardPtr& card) {
        return subject_of(card) == subject;
    });
}

}  // namespace

Span span_of(const social::PageRequest& request, PostId horizon) {
    Span span;
    span.below = horizon.value + 1;
    if (request.max_id != 0) {
        span.below = std::min(span.below, request.max_id);
    }
    span.above = std::max(request.since_id, request.min_id);
    span.upwards = request.min_id != 0;
    return span;
}

Task<Result<bool>> Collector::append(IdStream* stream, CardPage* cards, std::size_t count) {
    CO_TRY(auto ids, co_await stream->next(count));
    if (ids.empty()) {
        co_return false;
    }
    const std::size_t taken = ids.size();
    CO_TRY(auto found, co_await presenter_.present(std::move(ids), rules_));
    drops_.note(taken, found.size());
    if (cards->empty()) {
        *cards = std::move(found);
    } else {
        std::move(found.begin(), found.end(), std::back_inserter(*cards));
    }
    co_return true;
}

Task<Result<CardPage>>
Collector::downwards(IdStream* stream, std::uint64_t since_id, std::size_t limit) {
    CardPage seen;
    CardPage page;
    page.reserve(limit);
    bool more = true;
    for (std::size_t next = 0; page.size() < limit; ++next) {
        while (more && next >= seen.size()) {
            const std::size_t missing = limit - page.size();
            CO_TRY(more, co_await append(stream, &seen, drops_.ids_for(missing)));
        }
        if (next >= seen.size() || seen[next]->post.id.value <= since_id) {
            break;
        }
        if (repeat_window_ > 0 && seen[next]->post.is_boost()) {
            while (more && seen.size() < next + 1 + repeat_window_) {
                const std::size_t missing = next + 1 + repeat_window_ - seen.size();
                CO_TRY(more, co_await append(stream, &seen, missing));
            }
            const std::span older = std::span(seen).subspan(next + 1);
            const std::size_t window = std::min(repeat_window_, older.size());
            if (has_subject(older.first(window), subject_of(seen[next]))) {
                continue;
            }
        }
        page.push_back(std::move(seen[next]));  // only what is older is looked at again
    }
    co_return page;
}

Task<Result<CardPage>> Collector::upwards(IdStream* nearest, IdStream* older, std::size_t limit) {
    CardPage seen;  // ascending: up to repeat_window_ entries at or below min_id, then those above
    bool more = true;
    while (older != nullptr && more && seen.size() < repeat_window_) {
        CO_TRY(more, co_await append(older, &seen, repeat_window_ - seen.size()));
    }
    std::reverse(seen.begin(), seen.end());
    CardPage page;
    more = true;
    for (std::size_t next = seen.size(); page.size() < limit; ++next) {
        while (more && next >= seen.size()) {
            const std::size_t missing = limit - page.size();
            CO_TRY(more, co_await append(nearest, &seen, drops_.ids_for(missing)));
        }
        if (next >= seen.size()) {
            break;
        }
        const std::size_t window = std::min(repeat_window_, next);
        const std::span before = std::span(seen).subspan(next - window, window);
        if (seen[next]->post.is_boost() && has_subject(before, subject_of(seen[next]))) {
            continue;
        }
        page.push_back(seen[next]);
    }
    std::reverse(page.begin(), page.end());
    co_return page;
}

}  // namespace rookery::feed
