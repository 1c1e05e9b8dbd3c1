#include "http/server.h"
#include "kit/http_server_fixture.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>
#include <string>

namespace rookery::http {

namespace {

std::string gunzip(const std::string& bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) {
        return "no zlib";
    }
    std::string out(4 * 1024 * 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return result == Z_STREAM_END ? out : "not gzip";
}

class ServerAnswerTest : public ServerTest {
protected:
    ServerAnswerTest() {
        for (int i = 0; i < 50'000; ++i) {
            long_text_ += R"({"id":")" + std::to_string(i) + R"(","muted":false},)";
        }
        router_.add(Method::kGet, "/json/:bytes", [this](RequestPtr r) { return json(r); });
        router_.add(Method::kGet, "/image", [](RequestPtr /*r*/) { return image(); });
        router_.add(Method::kGet, "/noise", [](RequestPtr /*r*/) { return noise(); });
        router_.add(Method::kGet, "/page", [](RequestPtr /*r*/) { return page(); });
        router_.add(Method::kGet, "/empty", [](RequestPtr /*r*/) { return empty(); });
    }

    /// So many bytes, half of them in fragments.
    Task<Response> json(RequestPtr request) {
        const std::size_t size = std::stoull(request->path_args.at(0));
        Response response = Response::json(long_text_.substr(size / 2, size - size / 2));
        response.fragments = {
            std::make_shared<const std::string>(long_text_.substr(0, size / 4)),
            std::make_shared<const std::string>(long_text_.substr(size / 4, size / 2 - size / 4))
        };
        response.etag = true;
        co_return response;
    }

    static Task<Response> image() {
        Response response;
        response.header("Content-Type", "image/png");
        response.body = std::string(5000, 'p');
        co_return response;
    }

    /// What cannot become smaller.
    static Task<Response> noise() {
        std::mt19937 random(1);
        std::string bytes;
        while (bytes.size() < 5000) {
            bytes.push_back(static_cast<char>(random()));
        }
        co_return Response::text(std::move(bytes));
    }

    /// As of files that lie there packed, too.
    static Task<Response> page() {
        Response response = Response::html(std::string(5000, 'p'));
        response.header("Vary", "Accept-Encoding");
        co_return response;
    }

    static Task<Response> empty() {
        Response response;
        response.status = 204;
        co_return response;
    }

    [[nodiscard]] kit::WireAnswer get(const std::string& path, const std::string& lines = {})
        const {
        return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
    }

    std::string long_text_;
};

TEST_F(ServerAnswerTest, CompressesWhereAClientAsksAndItPays) {
    start();
    const std::string accept = "Accept-Encoding: gzip, br\r\n";
    for (const std::size_t size : {1024U, 60'000U, 200'000U}) {  // the last on the other thread
        const auto answer = get("/json/" + std::to_string(size), accept);
        EXPECT_EQ(answer.headers.at("content-encoding"), "gzip") << size;
        EXPECT_EQ(answer.headers.at("vary"), "Accept-Encoding");
        EXPECT_LT(answer.body.size(), size / 2);
        EXPECT_EQ(gunzip(answer.body), long_text_.substr(0, size));
    }
    EXPECT_FALSE(get("/json/1023", accept).headers.contains("content-encoding"));
    EXPECT_FALSE(get("/image", accept).headers.contains("content-encoding"));
    const auto noise = get("/noise", accept);
    EXPECT_FALSE(noise.headers.contains("content-encoding"));
    EXPECT_EQ(noise.body.size(), 5000U);
    const auto plain = get("/json/1024");
    EXPECT_FALSE(plain.headers.contains("content-encoding"));
    EXPECT_EQ(plain.headers.at("vary"), "Accept-Encoding");
    EXPECT_EQ(plain.body, long_text_.substr(0, 1024));
    EXPECT_EQ(get("/page", accept).headers.at("vary"), "Accept-Encoding") << "once";
}

TEST_F(ServerAnswerTest, DoesNotCompressWhenTurnedOff) {
    config_.gzip_level = 0;
    start();
    const auto answer = get("/json/2000", "Accept-Encoding: gzip\r\n");
    EXPECT_FALSE(answer.headers.contains("content-encoding"));
    EXPECT_FALSE(answer.headers.contains("vary"));
}

TEST_F(ServerAnswerTest, Answers304ToWhoHasItAlready) {
    start();
    auto client = connect();
    const auto first = get("/json/5000");
    const std::string tag = first.headers.at("etag");
    EXPECT_TRUE(tag.starts_with("W/\""));
    ASSERT_TRUE(client->send(
        "GET /json/5000 HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + tag +
        "\r\n\r\nGET /json/5001 HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + tag + "\r\n\r\n"
    ));
    const auto same = client->read_answer(false).value();
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.headers.at("etag"), tag);
    EXPECT_FALSE(same.headers.contains("content-length"));
    const auto other = client->read_answer().value();
    EXPECT_EQ(other.status, 200);
    EXPECT_NE(other.headers.at("etag"), tag);
    EXPECT_EQ(other.body.size(), 5001U);
}

TEST_F(ServerAnswerTest, SendsNoBodyWithoutContent) {
    start();
    const auto answer = get("/empty");
    EXPECT_EQ(answer.status, 204);
    EXPECT_FALSE(answer.headers.contains("content-length"));
}

}  // namespace

}  // namespace rookery::http
