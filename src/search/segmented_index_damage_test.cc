// An index whose files were damaged is begun anew: it never answers from them.
#include "base/log.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "search/segmented_index.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

namespace rookery::search {

namespace {

ports::SearchChange change(std::uint64_t id, bool erased = false) {
    return {{id, 2, {{"ssome", 1, {}}, {"wsome", 2, {0, 1}}}}, erased};
}

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class DamagedIndex : public testing::Test {
protected:
    /// Documents 1, which is dead, to 4: so few dead that nothing is merged.
    DamagedIndex() {
        log::set_level(log::Level::kError);  // each time that it begins anew is a line
        reopen();
        EXPECT_TRUE(kit::run(index_->apply({change(1), change(2), change(3), change(4)}, 5)));
        EXPECT_TRUE(kit::run(index_->flush()));
        EXPECT_TRUE(kit::run(index_->apply({change(1, true)}, 6)));
        EXPECT_TRUE(kit::run(index_->flush()));
        index_.reset();
        for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
            sound_[entry.path()] = read(entry.path());
        }
    }

    ~DamagedIndex() override { log::set_level(log::Level::kInfo); }

    void reopen() {
        index_.reset();
        SegmentedIndexConfig config;
        config.directory = directory_.path();
        index_ = SegmentedIndex::open(config, pool_).value();
    }

    /// Opens the sound files but for one, which has these bytes.
    void reopen_with(const std::filesystem::path& damaged, const std::string& bytes) {
        index_.reset();
        for (const auto& [path, sound] : sound_) {
            write(path, path == damaged ? bytes : sound);
        }
        reopen();
    }

    kit::TemporaryDirectory directory_;
    BlockingPool pool_{1};
    std::unique_ptr<SegmentedIndex> index_;
    std::map<std::filesystem::path, std::string> sound_;
};

}  // namespace

TEST_F(DamagedIndex, IsWholeWhereNothingIsDamaged) {
    ASSERT_EQ(sound_.size(), 3U);
    reopen_with({}, {});
    EXPECT_EQ(index_->checkpoint(), 6U);
    EXPECT_EQ(index_->size().documents, 3U);
    EXPECT_TRUE(index_->verify());
}

TEST_F(DamagedIndex, BeginsAnewWhereASingleBitHasChanged) {
    for (const auto& [path, sound] : sound_) {
        for (std::size_t i = 0; i < sound.size(); ++i) {
            std::string bytes = sound;
            bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
            reopen_with(path, bytes);
            ASSERT_EQ(index_->checkpoint(), 0U) << path << " at " << i;
            ASSERT_EQ(index_->size().documents, 0U) << path << " at " << i;
        }
    }
}

TEST_F(DamagedIndex, TakesUpWorkAgain) {
    for (const auto& [path, sound] : sound_) {
        reopen_with(path, "no such thing");
        EXPECT_EQ(index_->size().documents, 0U) << path;
        ASSERT_TRUE(kit::run(index_->apply({change(1)}, 7)));
        ASSERT_TRUE(kit::run(index_->flush()));
        reopen();
        EXPECT_EQ(index_->checkpoint(), 7U) << path;
        EXPECT_EQ(index_->size().documents, 1U) << path;
    }
}

}  // namespace rookery::search
