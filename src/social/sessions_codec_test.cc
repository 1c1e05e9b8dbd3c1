#include "social/sessions_codec.h"

#include "base/encoding.h"

#include <gtest/gtest.h>

namespace rookery::social {
namespace {

template <class Record, class Decode>
void expect_strict(const Record& record, Decode decode_record) {
    const std::string bytes = encode(record);
    EXPECT_EQ(*decode_record(bytes), record);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_record(std::string_view(bytes).substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_record(bytes + "x"));
    EXPECT_FALSE(decode_record("\x02" + bytes.substr(1))) << "a newer version";
}

TEST(SessionsCodec, ReadsWhatItWroteAndNothingElse) {
    expect_strict(
        App{AppId(1), "id", "secret", "name", "https://w.example", {"a:b", "c:d"}, "read", 5},
        decode_app
    );
    expect_strict(
        Session{
            TokenId(1), AccountId(2), "id", "name", "https://w.example", "read", 5, "::1", "ua"
        },
        decode_session
    );
    expect_strict(Grant{"id", AccountId(2), "a:b", "read", "challenge", 5}, decode_grant);
}

// The examples of docs/formats/tables.md.
TEST(SessionsCodec, MakesTheBytesOfTheDocument) {
    EXPECT_EQ(
        hex_encode(encode(App{AppId(1), "id", "se", "App", "", {"a:b"}, "read", 64})),
        "01"
        "0000000000000001"
        "8001"
        "026964"
        "027365"
        "03417070"
        "00"
        "0472656164"
        "01"
        "03613a62"
    );
    EXPECT_EQ(
        hex_encode(
            encode(Session{TokenId(2), AccountId(3), "id", "App", "", "read", 64, "::1", "ua"})
        ),
        "01"
        "0000000000000002"
        "0000000000000003"
        "8001"
        "026964"
        "03417070"
        "00"
        "0472656164"
        "033a3a31"
        "027561"
    );
    EXPECT_EQ(
        hex_encode(encode(Grant{"id", AccountId(3), "a:b", "read", "", 64})),
        "01"
        "0000000000000003"
        "8001"
        "026964"
        "03613a62"
        "0472656164"
        "00"
    );
}

}  // namespace
}  // namespace rookery::social
