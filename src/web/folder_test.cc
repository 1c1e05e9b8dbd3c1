#include "web/folder.h"

#include "kit/temporary_directory.h"

#include <gtest/gtest.h>

#include <fstream>

namespace rookery::web {
namespace {

class FolderTest : public testing::Test {
protected:
    void write(const std::string& name, const std::string& bytes) {
        const auto path = directory_.path() / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << bytes;
    }

    kit::TemporaryDirectory directory_;
};

TEST_F(FolderTest, KeepsEachFileWithItsCompressedSiblings) {
    write("index.html", "page");
    write("assets/app-B1x8_zQ2.js", "script");
    write("assets/app-B1x8_zQ2.js.br", "brotli");
    write("assets/app-B1x8_zQ2.js.gz", "gzip");
    write("photos.gz", "an archive of its own");
    write(".vite/manifest.json", "{}");
    const auto files = read_folder(directory_.path());
    ASSERT_TRUE(files);
    std::vector<std::string> addresses;
    for (const auto& [address, file] : *files) {
        addresses.push_back(address);
    }
    EXPECT_EQ(
        addresses,
        (std::vector<std::string>{"/assets/app-B1x8_zQ2.js", "/index.html", "/photos.gz"})
    );
    const File& script = files->at("/assets/app-B1x8_zQ2.js");
    EXPECT_EQ(*script.bytes, "script");
    EXPECT_EQ(*script.brotli, "brotli");
    EXPECT_EQ(*script.gzip, "gzip");
    EXPECT_TRUE(script.is_immutable);
    EXPECT_EQ(files->at("/index.html").brotli, nullptr);
    EXPECT_FALSE(files->at("/index.html").is_immutable);
}

TEST_F(FolderTest, SaysWhatIsWrongWithAFolder) {
    const auto absent = read_folder(directory_.path() / "nowhere");
    ASSERT_FALSE(absent);
    EXPECT_NE(absent.error().message.find("nowhere"), std::string::npos) << absent.error().message;
    write("a/:name.js", "");
    const auto strange = read_folder(directory_.path());
    ASSERT_FALSE(strange);
    EXPECT_NE(strange.error().message.find(":name.js"), std::string::npos);
}

TEST(HasHashedName, TellsHashesFromWords) {
    for (const char* hashed :
         {"/assets/index-B1x8_zQ2.js",
          "/assets/index-Bx-z12_a.css",
          "/assets/index-B1x8_zQ2.js.map",
          "/assets/fonts/text-latin-DkR3aaQ1.woff2",
          "/assets/main.3f2a9c1d0e4b5a67.js"}) {
        EXPECT_TRUE(has_hashed_name(hashed)) << hashed;
    }
    for (const char* plain :
         {"/assets/rookery.css",
          "/assets/service-worker.js",
          "/assets/some-translations.js",
          "/assets/a-B1x8.js",
          "/assets/noborderB1x8_zQ2.js",
          "/index-B1x8_zQ2.js",
          "/assets/"}) {
        EXPECT_FALSE(has_hashed_name(plain)) << plain;
    }
}

TEST(ContentTypeOf, GoesByTheEnding) {
    EXPECT_EQ(content_type_of("/assets/x.JS"), "text/javascript; charset=utf-8");
    EXPECT_EQ(content_type_of("/manifest.webmanifest"), "application/manifest+json; charset=utf-8");
    EXPECT_EQ(content_type_of("/x.woff2"), "font/woff2");
    EXPECT_EQ(content_type_of("/LICENSE"), "application/octet-stream");
}

}  // namespace
}  // namespace rookery::web
