#include "http/body_params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rookery::http {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const std::string kBody =
    "--b\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\na\r\n-- b\r\n"
    "\r\n--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n"
    "\r\n--b  \r\ncontent-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".png\"\r\n"
    "Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1A"
    "\r\n--b\r\nContent-Disposition: form-data; name=\"unset\"; filename=\"\"\r\n"
    "Content-Type: application/octet-stream\r\n\r\n"
    "\r\n--b--\r\nepilogue";

std::string error_of(std::string_view body, std::string_view boundary = "b") {
    Request request;
    const auto parsed = parse_multipart(body, boundary, 100, request);
    return parsed ? "none" : parsed.error().message;
}

TEST(Multipart, TakesFieldsAndFilesApart) {
    Request request;
    ASSERT_TRUE(parse_multipart(kBody, "b", 100, request));
    EXPECT_THAT(
        request.params.all(), ElementsAre(Pair("description", "a\r\n-- b\r\n"), Pair("empty", ""))
    );
    ASSERT_EQ(request.files.size(), 1U);
    EXPECT_EQ(request.files[0].field, "file");
    EXPECT_EQ(request.files[0].filename, "a \"b\".png");
    EXPECT_EQ(request.files[0].content_type, "image/png");
    EXPECT_EQ(request.files[0].bytes, "\x89PNG\r\n\x1A");
}

TEST(Multipart, IsReadThroughTheContentType) {
    Request request;
    request.headers.emplace_back("content-type", "multipart/form-data; boundary=\"b\"");
    request.body = kBody;
    ASSERT_TRUE(read_params(request, {}));
    EXPECT_EQ(request.params.get("empty"), "");
    EXPECT_EQ(request.body, "");
}

TEST(Multipart, ReadsOverAPreamble) {
    EXPECT_EQ(error_of("preamble\r\n" + kBody), "none");
}

TEST(Multipart, DecodesAnExtendedFileName) {
    Request request;
    ASSERT_TRUE(parse_multipart(
        "--b\r\nContent-Disposition: form-data; name=f; filename=x; "
        "filename*=UTF-8''%C3%A9.png\r\n\r\n1\r\n--b--",
        "b",
        100,
        request
    ));
    EXPECT_EQ(request.files.at(0).filename, "\xC3\xA9.png");
}

TEST(Multipart, AFieldIsAFileByItsParametersAlone) {
    Request request;
    ASSERT_TRUE(parse_multipart(
        "--b\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\n1\r\n--b--",
        "b",
        100,
        request
    ));
    EXPECT_EQ(request.params.get("filename"), "1");
    EXPECT_TRUE(request.files.empty());
}

TEST(Multipart, SaysWhatIsWrong) {
    EXPECT_THAT(error_of(kBody, ""), HasSubstr("boundary"));
    EXPECT_THAT(error_of(kBody, std::string(71, 'b')), HasSubstr("boundary"));
    EXPECT_THAT(error_of(kBody, "other"), HasSubstr("last boundary"));
    EXPECT_THAT(error_of("--bx\r\n"), HasSubstr("malformed"));
    EXPECT_THAT(error_of("--b\r\nno colon\r\n\r\n1\r\n--b--"), HasSubstr("malformed header"));
    EXPECT_THAT(error_of("--b\r\nContent-Type: a/b\r\n\r\n1\r\n--b--"), HasSubstr("no name"));
    EXPECT_THAT(error_of("--b\r\n\r\n1\r\n--b--"), HasSubstr("no name"));
}

TEST(Multipart, RefusesABodyCutShortAnywhere) {
    const std::size_t last = kBody.find("--b--");
    for (std::size_t size = 0; size < last + 4; ++size) {
        EXPECT_NE(error_of(std::string_view(kBody).substr(0, size)), "none") << size;
    }
}

TEST(Multipart, StopsAtTheLimit) {
    Request request;
    const auto parsed = parse_multipart(kBody, "b", 2, request);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::kTooLarge);
}

}  // namespace

}  // namespace rookery::http
