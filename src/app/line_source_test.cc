#include "app/line_source.h"

#include "app/listen_address.h"
#include "kit/temporary_directory.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace rookery::app {
namespace {

std::vector<std::string> lines_of(LineSource& source) {
    std::vector<std::string> lines;
    while (auto line = source.next()) {
        lines.emplace_back(*line);
    }
    return lines;
}

TEST(LineSource, ReadsLinesHoweverTheyEnd) {
    const kit::TemporaryDirectory directory;
    const std::string path = (directory.path() / "lines").string();
    std::ofstream(path) << "one\r\n\nthree\nlast";
    auto source = LineSource::open(path);
    ASSERT_TRUE(source);
    EXPECT_EQ(lines_of(*source), (std::vector<std::string>{"one", "", "three", "last"}));
    EXPECT_TRUE(source->finish());
    EXPECT_EQ(source->fraction_done(), 1.0);
}

TEST(LineSource, SaysWhatItCannotRead) {
    const kit::TemporaryDirectory directory;
    EXPECT_FALSE(LineSource::open((directory.path() / "absent").string()));
    EXPECT_FALSE(LineSource::open(directory.path().string()));
    const std::string path = (directory.path() / "broken.xz").string();
    std::ofstream(path) << "this was never compressed";
    auto source = LineSource::open(path);
    ASSERT_TRUE(source);
    EXPECT_TRUE(lines_of(*source).empty());
    EXPECT_FALSE(source->finish());
}

TEST(ListenAddress, UnderstandsHostsAndPorts) {
    EXPECT_EQ(parse_listen_address("localhost:80")->text(), "127.0.0.1:80");
    EXPECT_EQ(parse_listen_address("[::1]:8080")->text(), "[::1]:8080");
    EXPECT_EQ(parse_listen_address("0.0.0.0:9")->local_url(), "http://127.0.0.1:9");
    for (const char* wrong :
         {"", "80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a.b:1", "::1:1"}) {
        EXPECT_FALSE(parse_listen_address(wrong)) << wrong;
    }
    EXPECT_NE(with_free_port(*parse_listen_address("127.0.0.1:0"))->port, 0);
}

}  // namespace
}  // namespace rookery::app
