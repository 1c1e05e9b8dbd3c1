#include "social/post.h"

#include "base/encoding.h"
#include "base/random.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

Post full_post() {
    Post post;
    post.id = PostId(0x0123456789abcdef);
    post.author = AccountId(7);
    post.thread = PostId(5);
    post.in_reply_to = PostId(6);
    post.in_reply_to_account = AccountId(8);
    post.visibility = Visibility::kPrivate;
    post.sensitive = true;
    post.spoiler_text = "careful";
    post.text = "hi @bob #rook";
    post.content_html = "<p>hi</p>";
    post.language = "en";
    post.mentions = {{AccountId(8), "bob"}, {AccountId(1ULL << 62), "Eve"}};
    post.tags = {"rook", "straße"};
    post.app_name = "App";
    post.app_website = "https://app.example";
    post.edited_at_ms = 1'767'225'600'000;
    return post;
}

template <class T, class Decode>
void expect_every_cut_is_refused(const T& value, Decode decode) {
    const std::string bytes = encode(value);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode(bytes.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode(bytes + '\0')) << "a byte too many";
    EXPECT_FALSE(decode('\x02' + bytes.substr(1))) << "another format";
    const Result<T> back = decode(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, value);
}

TEST(PostFormat, GivesBackWhatWasStored) {
    expect_every_cut_is_refused(full_post(), decode_post);
    expect_every_cut_is_refused(Post{}, decode_post);
    Post boost;
    boost.id = PostId(10);
    boost.boost_of = PostId(9);
    boost.boost_of_author = AccountId(3);
    expect_every_cut_is_refused(boost, decode_post);
}

TEST(PostFormat, GivesBackEditsFlagsAndThreadEntries) {
    expect_every_cut_is_refused(PostEdit{-5, true, "cw", "text", "<p>text</p>"}, decode_post_edit);
    expect_every_cut_is_refused(ThreadEntry{PostId(5), AccountId(6)}, decode_thread_entry);
    for (unsigned bits = 0; bits < 16; ++bits) {
        const AuthorPostFlags flags{
            Visibility::kDirect, (bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, bits > 7
        };
        expect_every_cut_is_refused(flags, decode_author_post_flags);
    }
}

// docs/formats/tables.md
TEST(PostFormat, IsAsDescribed) {
    Post post;
    post.id = PostId(300);
    post.author = AccountId(3);
    post.thread = PostId(299);
    post.in_reply_to = PostId(299);
    post.in_reply_to_account = AccountId(4);
    post.visibility = Visibility::kUnlisted;
    post.sensitive = true;
    post.spoiler_text = "cw";
    post.text = "@bob #a";
    post.content_html = "x";
    post.language = "en";
    post.mentions = {{AccountId(4), "bob"}};
    post.tags = {"a"};
    post.app_name = "App";
    post.edited_at_ms = 64;
    EXPECT_EQ(
        hex_encode(encode(post)),
        "01000000000000012c03ab02ab0204000001010263770740626f622023610178"
        "02656e010403626f620101610341707000"
        "8001"
    );
    EXPECT_EQ(
        hex_encode(encode(PostEdit{64, false, "", "hi", "x"})),
        "0180010000026869"
        "0178"
    );
    EXPECT_EQ(
        hex_encode(encode(AuthorPostFlags{Visibility::kUnlisted, true, true, false, false})),
        "010103"
    );
    EXPECT_EQ(hex_encode(encode(ThreadEntry{PostId(299), AccountId(3)})), "01ab0203");
}

TEST(PostFormat, SkipsFieldsOfALaterVersion) {
    const std::string later = std::string("\x01\x03", 2) + "abc" + std::string("\x05\x00", 2);
    const Result<Post> post = decode_post(encode(full_post()) + later);
    ASSERT_TRUE(post);
    EXPECT_EQ(*post, full_post());
    EXPECT_FALSE(decode_post(encode(full_post()) + std::string("\x02\x00\x01\x00", 4)))
        << "numbers must rise";
}

TEST(PostFormat, RefusesImpossibleValues) {
    EXPECT_FALSE(decode_author_post_flags(std::string("\x01\x04\x00", 3))) << "visibility";
    EXPECT_FALSE(decode_author_post_flags(std::string("\x01\x00\x10", 3))) << "flags";
}

TEST(PostFormat, SurvivesRandomDamage) {
    Random random(20260101);
    const std::string good = encode(full_post());
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good;
        for (std::uint64_t i = 0; i <= random.below(4); ++i) {
            bytes[random.below(bytes.size())] = static_cast<char>(random.next());
        }
        if (const Result<Post> post = decode_post(bytes)) {
            EXPECT_TRUE(decode_post(encode(*post)));
        } else {
            EXPECT_EQ(post.error().code, ErrorCode::kCorrupt);
        }
    }
}

TEST(PostFormat, TakesTheTimeOfMakingFromTheId) {
    Post post;
    post.id = PostId(first_id_at(1'767'225'600'123) + 99);
    EXPECT_EQ(post.created_at_ms(), 1'767'225'600'123);
}

}  // namespace
}  // namespace rookery::social
