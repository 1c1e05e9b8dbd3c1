#pragma once

#include "base/result.h"
#include "load/fetcher.h"
#include "load/page.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rookery::load {

/// Which posts authors have, as their profiles tell; fetched only as far down as asked for.
class Census {
public:
    explicit Census(std::string_view token) : token_(token) {}

    /// Fetches, for each author (by id), all posts down to the given id; "" is all there are.
    [[nodiscard]] Result<void>
    cover(const std::map<std::string, std::string, std::less<>>& lowest_of, Fetcher& fetcher);

    /// What is known of the author, newest first.
    [[nodiscard]] const std::vector<PageEntry>& posts(const std::string& author) const;

private:
    struct Author {
        std::vector<PageEntry> posts;
        bool complete = false;
    };

    std::string token_;
    std::unordered_map<std::string, Author> authors_;
};

}  // namespace rookery::load
