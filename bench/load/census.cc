#include "load/census.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kPageSize = 40;

}  // namespace

Result<void>
Census::cover(const std::map<std::string, std::string, std::less<>>& lowest_of, Fetcher& fetcher) {
    while (true) {
        std::vector<std::string> asked;
        std::vector<std::string> requests;
        for (const auto& [id, lowest] : lowest_of) {
            const Author& author = authors_[id];
            const std::string below = author.posts.empty() ? "" : author.posts.back().id;
            // The page that ends with the lowest id itself has told all above it.
            if (author.complete ||
                (!below.empty() && !lowest.empty() && !is_older(lowest, below))) {
                continue;
            }
            asked.push_back(id);
            requests.push_back(fetcher.target().get(
                fmt::format(
                    "/api/v1/accounts/{}/statuses?limit={}{}{}",
                    id,
                    kPageSize,
                    below.empty() ? "" : "&max_id=",
                    below
                ),
                token_
            ));
        }
        if (asked.empty()) {
            return {};
        }
        TRY(const auto bodies, fetcher.bodies(std::move(requests)));
        for (std::size_t i = 0; i < asked.size(); ++i) {
            TRY(auto page, parse_page(bodies[i]));
            Author& author = authors_[asked[i]];
            author.complete = page.size() < kPageSize;
            std::move(page.begin(), page.end(), std::back_inserter(author.posts));
        }
    }
}

const std::vector<PageEntry>& Census::posts(const std::string& author) const {
    static const std::vector<PageEntry> none;
    const auto found = authors_.find(author);
    return found == authors_.end() ? none : found->second.posts;
}

}  // namespace rookery::load
