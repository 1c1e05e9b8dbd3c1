#pragma once

#include "discover/trends/trends_town_for_test.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace rookery::discover::trends {

/// Fourteen people who are heard.
class TrendsTest : public testing::Test, protected Town {
protected:
    void SetUp() override { people_ = citizens("citizen", 14); }

    std::vector<social::PostPtr> everybody_says(const std::string& text, std::size_t count = 10) {
        std::vector<social::PostPtr> made;
        for (std::size_t i = 0; i < count; ++i) {
            made.push_back(post(people_[i], text));
        }
        return made;
    }
    /// Favourites by `count` people other than the author.
    social::PostPtr liked(social::PostPtr post, std::size_t count = 10) {
        for (std::size_t i = 0; i < people_.size() && count > 0; ++i) {
            if (people_[i] != post->author) {
                favourite(people_[i], post);
                --count;
            }
        }
        return post;
    }
    social::PostPtr liked_post(std::size_t author, const std::string& text) {
        return liked(post(people_[author], text));
    }

    std::vector<AccountId> people_;
};

}  // namespace rookery::discover::trends
