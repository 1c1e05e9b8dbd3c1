// What indexing a post costs before the index sees it, and a search before it searches.
#include "discover/post_query.h"
#include "discover/post_terms.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace rookery {
namespace {

/// As short and as careless as people write.
const std::vector<std::string>& english() {
    static const std::vector<std::string> texts = {
        "Home from work. Start again at 8am.  Epic.",
        "@someone aww cute! don't forget to bring me back a souvenir",
        "is so sad that the weekend is almost over, where did the time go??",
        "Just finished the last episode... I can't believe they ended it like that! No spoilers "
        "pls",
        "Over 500 followers! Thanks community #milestone",
        "New post about the birds in our garden: "
        "https://blog.example.com/2026/05/birds-in-the-garden "
        "let me know what you think",
        "@friend Yay! she's here too.. follow @another See you over there!",
        "I really need to start running again, my knees were better when I was running every day",
        "good morning everyone, it's raining and I love it",
        "Anyone know a good place for coffee near the central station? Asking for a tired friend",
    };
    return texts;
}

const std::vector<std::string>& with_emoji() {
    static const std::vector<std::string> texts = {
        "Best day ever 😍😍 can’t wait for tomorrow!",
        "Happy birthday 🎂🎉 @someone, hope you’re having a great one",
        "it’s finally weekend 👍🏽 #friday",
    };
    return texts;
}

const std::vector<std::string>& german() {
    static const std::vector<std::string> texts = {
        "Die neuen Häuser an der Straße gefallen mir überhaupt nicht, früher war es schöner.",
        "Guten Morgen! Heute gibt es Brötchen und Käse zum Frühstück",
    };
    return texts;
}

const std::vector<std::string>& russian() {
    static const std::vector<std::string> texts = {
        "Сегодня прекрасная погода, пойду гулять в парк с друзьями и собакой",
        "Новые книги уже пришли, буду читать всю ночь!",
    };
    return texts;
}

const std::vector<std::string>& japanese() {
    static const std::vector<std::string> texts = {
        "昨日は友達と東京へ行って、美味しいラーメンを食べました。",
        "今日は雨だから家で本を読みます。",
    };
    return texts;
}

void index_posts(
    benchmark::State& state,
    const std::vector<std::string>& texts,
    std::string_view language
) {
    std::vector<social::Post> posts;
    for (const std::string& text : texts) {
        social::Post post;
        post.id = PostId(1 + posts.size());
        post.author = AccountId(7);
        post.text = text;
        post.language = language;
        posts.push_back(std::move(post));
    }
    std::size_t next = 0;
    std::size_t words = 0;
    for ([[maybe_unused]] auto _ : state) {
        const ports::SearchDocument document = discover::document_of(posts[next], true);
        words += document.length;
        next = (next + 1) % posts.size();
        benchmark::DoNotOptimize(document.terms.data());
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["words"] = static_cast<double>(words) / static_cast<double>(state.iterations());
}

void BM_DocumentOfEnglish(benchmark::State& state) {
    index_posts(state, english(), "en");
}
BENCHMARK(BM_DocumentOfEnglish);

void BM_DocumentOfEnglishWithEmoji(benchmark::State& state) {
    index_posts(state, with_emoji(), "en");
}
BENCHMARK(BM_DocumentOfEnglishWithEmoji);

void BM_DocumentOfGerman(benchmark::State& state) {
    index_posts(state, german(), "de");
}
BENCHMARK(BM_DocumentOfGerman);

void BM_DocumentOfRussian(benchmark::State& state) {
    index_posts(state, russian(), "ru");
}
BENCHMARK(BM_DocumentOfRussian);

void BM_DocumentOfJapanese(benchmark::State& state) {
    index_posts(state, japanese(), "ja");
}
BENCHMARK(BM_DocumentOfJapanese);

void parse(benchmark::State& state, std::string_view typed) {
    const discover::PostQueryReader reader{.languages = {"de"}, .local_host = "home.example"};
    for ([[maybe_unused]] auto _ : state) {
        const auto query = discover::parse_post_query(typed, reader);
        const ports::SearchQuery search = discover::to_search(*query, {});
        benchmark::DoNotOptimize(search.scored.data());
    }
}

void BM_ParseTwoWords(benchmark::State& state) {
    parse(state, "running birds");
}
BENCHMARK(BM_ParseTwoWords);

void BM_ParseOperators(benchmark::State& state) {
    parse(state, "\"big birds\" -cat #owls is:reply after:2026-01-31 language:en");
}
BENCHMARK(BM_ParseOperators);

}  // namespace
}  // namespace rookery

BENCHMARK_MAIN();
