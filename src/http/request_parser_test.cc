#include "http/request_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::http {

namespace {

using Status = RequestParser::Status;

constexpr RequestParser::Limits kLimits{.head_bytes_max = 1024, .header_count_max = 8};

const std::string kPost =
    "POST /api/v1/statuses?draft=1 HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n"
    "Connection: Keep-Alive, close\r\nX-Empty:\r\nX-Spaced: \t a b \t\r\n\r\n";

struct Refusal {
    std::string name;
    std::string bytes;
    int status;
};

std::string with_header(const std::string& line) {
    return "GET / HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
}

std::vector<Refusal> refusals() {
    return {
        {"bare line feed", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
        {"bare line feed in headers", "GET / HTTP/1.1\r\nHost: x\n\r\n", 400},
        {"bare line feed at the start", "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"carriage return in a value", with_header("X: a\rb"), 400},
        {"no method", " / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"bad method", "G(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"empty target", "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"space in target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"control in target", "GET /a\x01 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"fragment in target", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"relative target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"authority target", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"star without OPTIONS", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"other scheme", "GET ftp://a/b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"absolute without path", "GET http://a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"no version", "GET /\r\nHost: x\r\n\r\n", 400},
        {"lower-case version", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
        {"long version", "GET / HTTP/1.10\r\nHost: x\r\n\r\n", 400},
        {"HTTP/2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        {"trailing blank", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two hosts", with_header("Host: y"), 400},
        {"folded header", with_header("X: a\r\n b"), 400},
        {"folded at once", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        {"blank before the colon", with_header("X : a"), 400},
        {"no colon", with_header("Xa"), 400},
        {"empty name", with_header(": a"), 400},
        {"bad name", with_header("X(a): a"), 400},
        {"high byte in name", with_header("X\xC3: a"), 400},
        {"NUL in value", with_header(std::string("X: a\0b", 6)), 400},
        {"DEL in value", with_header("X: a\x7F"), 400},
        {"twice the length", with_header("Content-Length: 5\r\nContent-Length: 5"), 400},
        {"two lengths", with_header("Content-Length: 5\r\nContent-Length: 6"), 400},
        {"listed lengths", with_header("Content-Length: 5, 5"), 400},
        {"negative length", with_header("Content-Length: -5"), 400},
        {"signed length", with_header("Content-Length: +5"), 400},
        {"hexadecimal length", with_header("Content-Length: 0x5"), 400},
        {"empty length", with_header("Content-Length:"), 400},
        {"huge length", with_header("Content-Length: 99999999999999999999"), 400},
        {"length and coding", with_header("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400},
        {"coding and length", with_header("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400},
        {"two codings", with_header("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400
        },
        {"listed codings", with_header("Transfer-Encoding: gzip, chunked"), 501},
        {"unknown coding", with_header("Transfer-Encoding: xchunked"), 501},
        {"coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"unknown expectation", with_header("Expect: miracles"), 417},
        {"too many headers", with_header("A:\r\nB:\r\nC:\r\nD:\r\nE:\r\nF:\r\nG:\r\nH:"), 431},
        {"long target", "GET /" + std::string(2000, 'a'), 414},
        {"long header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(2000, 'a'), 431},
    };
}

TEST(RequestParser, ReadsMethodPathQueryAndHeaders) {
    RequestParser parser(kLimits);
    ASSERT_EQ(parser.parse(kPost + "hello"), Status::kComplete);
    EXPECT_EQ(parser.head_size(), kPost.size());
    EXPECT_EQ(parser.content_length(), 5U);
    EXPECT_TRUE(parser.has_body());
    EXPECT_FALSE(parser.keeps_alive());
    Request request;
    parser.fill(kPost, request);
    EXPECT_EQ(request.method, Method::kPost);
    EXPECT_EQ(request.path, "/api/v1/statuses");
    EXPECT_EQ(request.query, "draft=1");
    EXPECT_EQ(request.header("host"), "a.example");
    EXPECT_EQ(request.header("x-empty"), "");
    EXPECT_EQ(request.header("x-spaced"), "a b");
    EXPECT_EQ(request.header("x-absent"), std::nullopt);
}

TEST(RequestParser, GivesTheSameAnswerHoweverTheBytesAreSplit) {
    std::vector<std::string> inputs{kPost, "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"};
    for (const Refusal& refusal : refusals()) {
        inputs.push_back(refusal.bytes);
    }
    for (const std::string& input : inputs) {
        RequestParser whole(kLimits);
        const Status expected = whole.parse(input);
        for (std::size_t split = 0; split <= input.size(); ++split) {
            RequestParser parser(kLimits);
            Status status = parser.parse(std::string_view(input).substr(0, split));
            if (status == Status::kNeedMore) {
                status = parser.parse(input);
            }
            ASSERT_EQ(status, expected) << input << " split at " << split;
            ASSERT_EQ(parser.refusal_status(), whole.refusal_status()) << input;
            ASSERT_EQ(parser.head_size(), whole.head_size()) << input;
        }
    }
}

TEST(RequestParser, NeedsMoreUntilTheVeryLastByte) {
    RequestParser parser(kLimits);
    for (std::size_t size = 0; size < kPost.size(); ++size) {
        ASSERT_EQ(parser.parse(std::string_view(kPost).substr(0, size)), Status::kNeedMore);
    }
    EXPECT_EQ(parser.parse(kPost), Status::kComplete);
}

TEST(RequestParser, RefusesWhatAProxyCouldReadDifferently) {
    for (const Refusal& refusal : refusals()) {
        RequestParser parser(kLimits);
        EXPECT_EQ(parser.parse(refusal.bytes), Status::kRefused) << refusal.name;
        EXPECT_EQ(parser.refusal_status(), refusal.status) << refusal.name;
        EXPECT_FALSE(parser.refusal_text().empty()) << refusal.name;
    }
}

TEST(RequestParser, AcceptsWhatTheStandardAllows) {
    const std::vector<std::string> inputs{
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://a.example:80/b?c HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?q=caf\xC3\xA9 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.2\r\nHost:\r\n\r\n",
        "PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\nExpect: 100-Continue\r\n\r\n",
    };
    for (const std::string& input : inputs) {
        RequestParser parser(kLimits);
        EXPECT_EQ(parser.parse(input), Status::kComplete) << input << parser.refusal_text();
    }
}

TEST(RequestParser, TakesThePathOutOfAnAbsoluteAddress) {
    const std::string bytes = "GET http://a.example/b/c?d=e HTTP/1.1\r\nHost: x\r\n\r\n";
    RequestParser parser(kLimits);
    ASSERT_EQ(parser.parse(bytes), Status::kComplete);
    Request request;
    parser.fill(bytes, request);
    EXPECT_EQ(request.path, "/b/c");
    EXPECT_EQ(request.query, "d=e");
}

TEST(RequestParser, KeepsOldConnectionsAliveOnlyIfAsked) {
    const auto keeps_alive = [](const std::string& bytes) {
        RequestParser parser(kLimits);
        EXPECT_EQ(parser.parse(bytes), Status::kComplete);
        return parser.keeps_alive();
    };
    EXPECT_TRUE(keeps_alive("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_FALSE(keeps_alive("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    EXPECT_FALSE(keeps_alive("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(keeps_alive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestParser, ForgetsTheFormerRequest) {
    RequestParser parser(kLimits);
    Request request;
    ASSERT_EQ(parser.parse(kPost), Status::kComplete);
    parser.fill(kPost, request);
    parser.reset();
    const std::string get = "GET /b HTTP/1.1\r\nHost: y\r\n\r\n";
    ASSERT_EQ(parser.parse(get), Status::kComplete);
    parser.fill(get, request);
    EXPECT_EQ(request.path, "/b");
    EXPECT_EQ(request.query, "");
    EXPECT_EQ(request.headers.size(), 1U);
    EXPECT_FALSE(parser.has_body());
    EXPECT_TRUE(parser.keeps_alive());
}

}  // namespace

}  // namespace rookery::http
