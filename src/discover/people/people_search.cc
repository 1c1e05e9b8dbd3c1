#include "discover/people/people_search.h"

#include "base/encoding.h"
#include "discover/names/letters.h"
#include "discover/names/matching.h"
#include "discover/people/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::discover {

namespace {

using social::AccountPtr;

/// The index is asked for some more, for those that drop out.
constexpr std::size_t kSpareHits = 4;

struct Typed {
    std::string_view name;
    bool has_host = false;
    bool is_here = true;  ///< the host, if any, is ours or begins like it
};

Typed parse_typed(std::string_view text, std::string_view local_host) {
    text = trim_ascii(text);
    if (text.starts_with('#')) {
        return {};  // a hashtag
    }
    if (text.starts_with('@')) {
        text.remove_prefix(1);
    }
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        return {text};
    }
    const std::string host = ascii_lower(text.substr(at + 1));
    return {text.substr(0, at), true, ascii_lower(local_host).starts_with(host)};
}

/// Those of the circle whom the viewer follows.
Circle followed(const Circle& circle, const social::Viewer& viewer) {
    Circle only;
    for (const social::FollowEdge& edge : viewer.following) {
        const auto near = circle.find(edge.account.value);
        only[edge.account.value] = near == circle.end() ? names::Neighbour{0, true} : near->second;
    }
    return only;
}

}  // namespace

Task<Result<std::vector<AccountPtr>>>
PeopleSearch::find(social::ViewerPtr viewer, PeopleRequest request) {
    if (request.text.size() > limits_.query_bytes_max) {
        co_return fail(
            ErrorCode::kInvalid,
            fmt::format("Validation failed: q is longer than {} bytes", limits_.query_bytes_max)
        );
    }
    const std::size_t offset = request.offset;
    CO_TRY(const Search search, co_await prepare(std::move(viewer), std::move(request)));
    std::vector<AccountPtr> found;
    if (search.query.words.empty()) {
        co_return found;
    }
    CO_TRY(found, co_await (indexer_.is_complete() ? find_indexed(&search) : find_stored(&search)));
    if (search.exact) {
        found.insert(found.begin(), search.exact);
    }
    found.resize(std::min(found.size(), search.wanted));
    const auto skipped = static_cast<std::ptrdiff_t>(std::min(offset, found.size()));
    found.erase(found.begin(), found.begin() + skipped);
    co_return found;
}

Task<Result<PeopleSearch::Search>>
PeopleSearch::prepare(social::ViewerPtr viewer, PeopleRequest request) {
    const Typed typed = parse_typed(request.text, environment_.local_host);
    Search search;
    search.viewer = std::move(viewer);
    search.only_following = request.only_following && search.viewer != nullptr;
    search.wanted = std::min(request.offset + request.limit, limits_.examined_max);
    if (!typed.is_here || (typed.has_host && !names::is_handle(typed.name))) {
        co_return search;
    }
    search.name = typed.name;
    search.query = names::parse_name_query(typed.name);
    search.query.handles_only = typed.has_host;
    CO_TRY(search.exact, co_await find_exact(&search));
    if (search.viewer) {
        CO_TRY(search.circle, co_await circles_.find(search.viewer->id));
    } else {
        search.circle = std::make_shared<const Circle>();
    }
    co_return search;
}

Task<Result<AccountPtr>> PeopleSearch::find_exact(const Search* search) {
    if (!names::is_handle(search->name)) {
        co_return nullptr;
    }
    auto found = co_await accounts_.find_by_name(search->name);
    if (!found && found.error().code != ErrorCode::kNotFound) {
        co_return std::move(found).error();
    }
    co_return found&& is_shown(*search, **found) ? *found : nullptr;
}

bool PeopleSearch::is_shown(const Search& search, const social::Account& account) const {
    const social::Viewer* viewer = search.viewer.get();
    if (account.suspended) {
        return false;
    }
    if (viewer == nullptr) {
        return true;
    }
    return !viewer->is_blocked_by(account.id) &&
           (!viewer->blocks(account.id) || ascii_iequals(account.username, search.name)) &&
           (!search.only_following || viewer->follows(account.id));
}

/// The index may not know yet what the account is called now.
bool PeopleSearch::still_matches(const Search& search, const social::Account& account) const {
    const social::Viewer* viewer = search.viewer.get();
    const bool sees_hidden =
        viewer != nullptr && (viewer->id == account.id || viewer->follows(account.id));
    // Most match by their names: the bio is taken apart for the others only.
    return names::matches(search.query, person_entry(account, 0, 0), sees_hidden) ||
           names::matches(search.query, person_entry(account, 0, bio_words_max_), sees_hidden);
}

Task<Result<std::vector<AccountPtr>>> PeopleSearch::find_indexed(const Search* search) {
    Circle only;
    if (search->only_following) {
        only = followed(*search->circle, *search->viewer);
    }
    const Circle& circle = search->only_following ? only : *search->circle;
    names::NameIndex::Search asked;
    asked.limit = search->wanted + kSpareHits;
    asked.except = search->exact ? search->exact->id.value : 0;
    asked.only_neighbours = search->only_following;
    asked.steps_max = limits_.steps_max;
    for (;;) {
        const auto hits = index_.find(search->query, circle, asked);
        std::vector<AccountId> ids;
        ids.reserve(hits.size());
        for (const names::NameHit& hit : hits) {
            ids.emplace_back(hit.id);
        }
        CO_TRY(auto accounts, co_await accounts_.find_many(std::move(ids)));
        std::erase_if(accounts, [&](const AccountPtr& account) {
            return !account || !is_shown(*search, *account) || !still_matches(*search, *account);
        });
        const bool was_all = hits.size() < asked.limit;
        if (accounts.size() >= search->wanted || was_all || asked.limit >= limits_.examined_max) {
            co_return accounts;
        }
        asked.limit = std::min(asked.limit * 4, limits_.examined_max);
    }
}

Task<Result<std::vector<AccountPtr>>> PeopleSearch::find_stored(const Search* search) {
    std::vector<AccountPtr> accounts;
    if (search->only_following) {
        std::vector<AccountId> ids;
        ids.reserve(search->viewer->following.size());
        for (const social::FollowEdge& edge : search->viewer->following) {
            ids.push_back(edge.account);
        }
        CO_TRY(accounts, co_await accounts_.find_many(std::move(ids)));
        std::erase_if(accounts, [&](const AccountPtr& account) {
            return !account || !still_matches(*search, *account);
        });
        std::ranges::sort(accounts, {}, [](const AccountPtr& account) {
            return ascii_lower(account->username);
        });
    } else if (names::is_handle(search->name)) {
        CO_TRY(accounts, co_await accounts_.search_prefix(search->name, search->wanted + 1, 0));
    }
    std::erase_if(accounts, [&](const AccountPtr& account) {
        return !is_shown(*search, *account) || (search->exact && search->exact->id == account->id);
    });
    co_return accounts;
}

}  // namespace rookery::discover
