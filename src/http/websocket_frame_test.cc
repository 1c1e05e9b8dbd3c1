#include "http/websocket_frame.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rookery::http {

namespace {

using Event = WebSocketDecoder::Event;

constexpr std::size_t kMessageBytesMax = 70'000;

/// A client's frame: masked, with `first` as its first byte.
std::string frame(unsigned first, std::string_view payload, bool is_masked = true) {
    constexpr std::array<unsigned char, 4> kMask{0x12, 0x34, 0x56, 0x78};
    std::string bytes(1, static_cast<char>(first));
    std::array<char, kFrameHeaderBytesMax> header{};
    const std::size_t size = write_frame_header(Opcode::kText, payload.size(), header.data());
    header[1] = static_cast<char>(static_cast<unsigned char>(header[1]) | (is_masked ? 0x80U : 0U));
    bytes.append(header.data() + 1, size - 1);
    if (!is_masked) {
        return bytes.append(payload);
    }
    bytes.append(reinterpret_cast<const char*>(kMask.data()), kMask.size());
    for (std::size_t i = 0; i < payload.size(); ++i) {
        bytes.push_back(static_cast<char>(static_cast<unsigned char>(payload[i]) ^ kMask.at(i % 4))
        );
    }
    return bytes;
}

/// What comes out, as text: "text:hello ping:x".
std::string decode(std::string_view bytes, std::size_t split) {
    WebSocketDecoder decoder(kMessageBytesMax);
    std::string log;
    for (std::string_view part : {bytes.substr(0, split), bytes.substr(split)}) {
        for (;;) {
            const Event event = decoder.next(part);
            if (event == Event::kNeedMore) {
                break;
            }
            if (event == Event::kFailed) {
                return log + "failed:" + std::to_string(decoder.close_code());
            }
            constexpr std::array<const char*, 6> kNames{
                "", "text:", "binary:", "ping:", "pong:", ""
            };
            log += event == Event::kClose ? "close" + std::to_string(decoder.close_code()) + ":"
                                          : kNames.at(static_cast<std::size_t>(event));
            log += decoder.take_payload() + " ";
        }
    }
    return log;
}

void expect_at_every_split(const std::string& bytes, const std::string& expected) {
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        ASSERT_EQ(decode(bytes, split), expected) << "split at " << split;
    }
}

TEST(WebSocketDecoder, ReadsMessagesFragmentsAndControlFramesBetweenThem) {
    expect_at_every_split(
        frame(0x81, "hello") + frame(0x01, "wide ") + frame(0x89, "p") + frame(0x00, "") +
            frame(0x80, "world") + frame(0x82, "bin") + frame(0x8A, "") + frame(0x81, ""),
        "text:hello ping:p text:wide world binary:bin pong: text: "
    );
}

TEST(WebSocketDecoder, ReadsAllThreeFormsOfLength) {
    for (const std::size_t size : {125U, 126U, 127U, 65'535U, 65'536U}) {
        const std::string payload(size, 'a');
        EXPECT_EQ(decode(frame(0x81, payload), 1), "text:" + payload + " ");
    }
}

TEST(WebSocketDecoder, ReadsTheCodeAndReasonOfAClose) {
    expect_at_every_split(frame(0x88, close_payload(1000, "bye")), "close1000:bye ");
    expect_at_every_split(frame(0x88, ""), "close1005: ");
    expect_at_every_split(frame(0x88, close_payload(4999, "")), "close4999: ");
}

TEST(WebSocketDecoder, FailsOnWhatTheProtocolForbids) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {frame(0x81, "a", false), "failed:1002"},
        {frame(0xC1, "a"), "failed:1002"},
        {frame(0x83, "a"), "failed:1002"},
        {frame(0x8B, "a"), "failed:1002"},
        {frame(0x80, "a"), "failed:1002"},
        {frame(0x01, "a") + frame(0x81, "b"), "failed:1002"},
        {frame(0x09, "a"), "failed:1002"},
        {frame(0x89, std::string(126, 'a')), "failed:1002"},
        {frame(0x88, "x"), "failed:1002"},
        {frame(0x88, close_payload(1005, "")), "failed:1002"},
        {frame(0x88, close_payload(999, "")), "failed:1002"},
        {frame(0x88, close_payload(5000, "")), "failed:1002"},
        {frame(0x88, close_payload(1000, "") + "\xFF"), "failed:1007"},
        {frame(0x81, "\xC3\x28"), "failed:1007"},
        {frame(0x01, "\xC3") + frame(0x80, "("), "failed:1007"},
        {std::string("\x81\xFE\x00\x7D....", 8), "failed:1002"},
        {std::string("\x81\xFF\x00\x00\x00\x00\x00\x00\xFF\xFF....", 14), "failed:1002"},
        {std::string("\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF....", 14), "failed:1009"},
    };
    for (const auto& [bytes, expected] : cases) {
        for (std::size_t split = 0; split <= bytes.size(); ++split) {
            ASSERT_EQ(decode(bytes, split), expected) << "case " << &bytes - &cases[0].first;
        }
    }
}

TEST(WebSocketDecoder, LetsACharacterBeSplitBetweenFragments) {
    expect_at_every_split(frame(0x01, "caf\xC3") + frame(0x80, "\xA9"), "text:caf\xC3\xA9 ");
}

TEST(WebSocketDecoder, CountsAllFragmentsAgainstTheLimit) {
    const std::string half(kMessageBytesMax / 2 + 1, 'a');
    EXPECT_EQ(decode(frame(0x01, half) + frame(0x80, half), 0), "failed:1009");
}

TEST(WebSocketFrame, CutsAReasonThatIsTooLongBetweenCharacters) {
    std::string reason(122, 'a');
    reason += "\xC3\xA9";
    EXPECT_EQ(close_payload(1000, reason).size(), 124U);
}

TEST(WebSocketFrame, AcceptsTheKeyOfTheStandardsExample) {
    EXPECT_EQ(websocket_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

}  // namespace

}  // namespace rookery::http
