#include "discover/post_terms.h"

#include "discover/text/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rookery::discover {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

using namespace std::string_literals;  // NOLINT(google-build-using-namespace)

social::Post post_of(std::string text, std::string language = "en") {
    social::Post post;
    post.id = PostId(42);
    post.author = AccountId(0x0102030405060708);
    post.text = std::move(text);
    post.language = std::move(language);
    return post;
}

const ports::SearchTerm* find(const ports::SearchDocument& document, std::string_view text) {
    const auto found = std::ranges::find(document.terms, text, &ports::SearchTerm::text);
    return found == document.terms.end() ? nullptr : &*found;
}

std::vector<std::string> texts(const ports::SearchDocument& document, std::string_view kinds) {
    std::vector<std::string> out;
    for (const ports::SearchTerm& term : document.terms) {
        if (kinds.contains(term.text.front())) {
            out.push_back(term.text);
        }
    }
    std::ranges::sort(out);
    return out;
}

TEST(DocumentOf, HasEachWordWithItsPlaces) {
    const ports::SearchDocument document = document_of(post_of("The bird saw the birds."), true);
    EXPECT_EQ(document.id, 42U);
    EXPECT_EQ(document.length, 5U);
    EXPECT_THAT(texts(document, "w"), ElementsAre("wbird", "wbirds", "wsaw", "wthe"));
    ASSERT_NE(find(document, "wthe"), nullptr);
    EXPECT_THAT(find(document, "wthe")->positions, ElementsAre(0, 3));
    EXPECT_EQ(find(document, "wthe")->frequency, 2U);
    EXPECT_THAT(find(document, "wbirds")->positions, ElementsAre(4));
}

TEST(DocumentOf, HasEachStemWithItsFrequency) {
    const ports::SearchDocument document = document_of(post_of("The bird saw the birds."), true);
    EXPECT_THAT(texts(document, "s"), ElementsAre("sbird", "ssaw", "sthe"));
    EXPECT_EQ(find(document, "sbird")->frequency, 2U);
    EXPECT_THAT(find(document, "sbird")->positions, IsEmpty());
}

TEST(DocumentOf, HasTheFoldedFormBesideAStemThatNotEverySearchAsksFor) {
    EXPECT_THAT(
        texts(document_of(post_of("Kinder und Häuser", "de"), true), "s"),
        ElementsAre("shaus", "shauser", "skind", "skinder", "sund")
    );
    EXPECT_THAT(texts(document_of(post_of("running"), true), "s"), ElementsAre("srun"));
    EXPECT_THAT(texts(document_of(post_of("cafés"), true), "s"), ElementsAre("scafe", "scafes"));
    EXPECT_THAT(texts(document_of(post_of("running", ""), true), "s"), ElementsAre("srun"));
    EXPECT_THAT(texts(document_of(post_of("running", "pl"), true), "s"), ElementsAre("srunning"));
}

TEST(DocumentOf, KeepsTheWarningApartFromTheText) {
    social::Post post = post_of("two three");
    post.spoiler_text = "one two";
    const ports::SearchDocument document = document_of(post, true);
    EXPECT_EQ(document.length, 4U);
    EXPECT_THAT(find(document, "wone")->positions, ElementsAre(0));
    EXPECT_THAT(find(document, "wtwo")->positions, ElementsAre(1, 102));
    EXPECT_THAT(find(document, "wthree")->positions, ElementsAre(103));
    EXPECT_NE(find(document, "i:sensitive"), nullptr);
}

TEST(DocumentOf, NamesPeopleTagsAndLanguage) {
    social::Post post = post_of("@Bob #Birds @bob #birds");
    post.mentions = {{AccountId(7), "Bob"}, {AccountId(7), "Bob"}};
    post.tags = {"birds"};
    const ports::SearchDocument document = document_of(post, true);
    EXPECT_THAT(texts(document, "@#l"), ElementsAre("#birds", "@bob", "len"));
    EXPECT_NE(find(document, "f\x01\x02\x03\x04\x05\x06\x07\x08"), nullptr);
    EXPECT_NE(find(document, "m\0\0\0\0\0\0\0\x07"s), nullptr);
    EXPECT_THAT(texts(document, "w"), ElementsAre("wbirds", "wbob"));
}

TEST(DocumentOf, SaysWhatThePostIsLike) {
    EXPECT_THAT(texts(document_of(post_of("plain"), false), "hip"), IsEmpty());
    EXPECT_THAT(texts(document_of(post_of("plain"), true), "hip"), ElementsAre("p"));

    social::Post post = post_of("https://example.com/");
    post.in_reply_to_account = AccountId(9);
    post.sensitive = true;
    EXPECT_THAT(
        texts(document_of(post, false), "hip"), ElementsAre("h:link", "i:reply", "i:sensitive")
    );
    EXPECT_THAT(texts(document_of(post, false), "v"), ElementsAre("v:public"));
    post.visibility = social::Visibility::kUnlisted;
    EXPECT_THAT(texts(document_of(post, false), "v"), IsEmpty());
    post = post_of("text");
    post.spoiler_text = "http://example.com";
    EXPECT_THAT(texts(document_of(post, false), "h"), ElementsAre("h:link"));
}

TEST(DocumentOf, HasNoTermTwiceAndCountsAllPlaces) {
    social::Post post = post_of(
        "Straße STRASSE strasse é e\u0301 E 👍 👍🏽 #a #A l'eau eau https://a.example/a/a", "fr"
    );
    post.tags = {"a", "a"};
    post.spoiler_text = "eau";
    const ports::SearchDocument document = document_of(post, true);
    std::set<std::string> seen;
    std::size_t places = 0;
    for (const ports::SearchTerm& term : document.terms) {
        EXPECT_TRUE(seen.insert(term.text).second) << term.text;
        EXPECT_GE(term.frequency, 1U);
        EXPECT_TRUE(std::ranges::is_sorted(term.positions));
        if (term.text.front() == terms::kWord) {
            EXPECT_EQ(term.positions.size(), term.frequency);
            places += term.positions.size();
        }
    }
    EXPECT_EQ(places, document.length);
    EXPECT_THAT(find(document, "wstrasse")->positions, ElementsAre(101, 102, 103));
}

TEST(DocumentOf, TakesAPostWithoutWords) {
    const ports::SearchDocument document = document_of(post_of("…"), false);
    EXPECT_EQ(document.length, 0U);
    EXPECT_THAT(texts(document, "ws"), IsEmpty());
    EXPECT_THAT(texts(document, "l"), ElementsAre("len"));
}

}  // namespace
}  // namespace rookery::discover
