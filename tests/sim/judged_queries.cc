#include "sim/judged_queries.h"

namespace rookery::sim {

const std::vector<std::string_view>& judged_people() {
    static const std::vector<std::string_view> names{
        "ada", "bob", "cleo", "hypatia", "euler", "hermit", "zoe"
    };
    return names;
}

std::vector<JudgedQuery> judged_queries() {
    std::vector<JudgedQuery> all = judged_words();
    for (auto part : {judged_languages(), judged_operators()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace rookery::sim
