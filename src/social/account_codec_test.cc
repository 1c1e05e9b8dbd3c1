#include "base/encoding.h"
#include "base/random.h"
#include "social/account.h"
#include "social/credentials.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

Account sample() {
    return {
        .id = AccountId(0x0102030405060708),
        .username = "Bob",
        .display_name = "Böb",
        .note = "hi",
        .note_html = "<p>hi</p>",
        .fields = {{"a", "b", "c"}},
        .created_at_ms = 1'767'225'600'000,
        .role = Role::kModerator,
        .locked = true,
        .bot = false,
        .discoverable = true,
        .indexable = false,
        .hide_collections = true,
        .suspended = false,
        .default_visibility = Visibility::kPrivate,
        .default_sensitive = true,
        .default_language = "de",
        .avatar_key = "",
        .header_key = "k",
    };
}

TEST(AccountCodec, ReadsWhatItWrote) {
    EXPECT_EQ(*decode_account(encode(sample())), sample());
    EXPECT_EQ(*decode_account(encode(Account{})), Account{});
    for (int bit = 0; bit < 7; ++bit) {
        Account account;
        account.locked = bit == 0;
        account.bot = bit == 1;
        account.discoverable = bit == 2;
        account.indexable = bit == 3;
        account.hide_collections = bit == 4;
        account.suspended = bit == 5;
        account.default_sensitive = bit == 6;
        EXPECT_EQ(*decode_account(encode(account)), account) << bit;
    }
}

// The example of docs/formats/tables.md.
TEST(AccountCodec, MakesTheBytesOfTheDocument) {
    EXPECT_EQ(
        hex_encode(encode(sample())),
        "01"                // version
        "0102030405060708"  // id
        "55"                // locked, discoverable, hides collections, sensitive
        "01"                // moderator
        "02"                // private
        "80a0d5edee66"      // 2026-01-01T00:00:00.000Z
        "03426f62"          // Bob
        "0442c3b662"        // Böb
        "026869"            // hi
        "093c703e68693c2f703e"
        "026465"  // de
        "00"      // default avatar
        "016b"    // header k
        "01"      // one field
        "016101620163"
    );
    EXPECT_EQ(hex_encode(encode(Credentials{"a@b.c", "$h"})), "01056140622e63022468");
}

TEST(AccountCodec, RefusesEveryPrefixAndTrailingBytes) {
    const std::string bytes = encode(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_account(bytes.substr(0, size))) << size;
    }
    EXPECT_EQ(decode_account(bytes + '\0').error().code, ErrorCode::kCorrupt);
}

TEST(AccountCodec, RefusesValuesThatDoNotExist) {
    const std::string bytes = encode(sample());
    const auto with = [&](std::size_t at, char value) {
        std::string changed = bytes;
        changed[at] = value;
        return decode_account(changed);
    };
    EXPECT_FALSE(with(0, 2)) << "a newer version";
    EXPECT_FALSE(with(0, 0));
    EXPECT_FALSE(with(9, '\x80')) << "an unknown flag";
    EXPECT_FALSE(with(10, 3)) << "an unknown role";
    EXPECT_FALSE(with(11, 4)) << "an unknown visibility";
    EXPECT_TRUE(with(11, 3));
}

TEST(AccountCodec, NeverThrowsOnDamagedBytes) {
    Random random(1);
    const std::string good = encode(sample());
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = good;
        for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
            bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        }
        const auto decoded = decode_account(bytes);
        if (decoded) {
            EXPECT_EQ(*decode_account(encode(*decoded)), *decoded);
        }
    }
}

TEST(CredentialsCodec, ReadsWhatItWroteAndNothingElse) {
    const Credentials credentials{"Bob@Example.org", "$argon2id$..."};
    const std::string bytes = encode(credentials);
    EXPECT_EQ(*decode_credentials(bytes), credentials);
    EXPECT_EQ(*decode_credentials(encode(Credentials{})), Credentials{});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_credentials(bytes.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_credentials(bytes + "x"));
    EXPECT_FALSE(decode_credentials("\x02" + bytes.substr(1)));
}

}  // namespace
}  // namespace rookery::social
