#include "search/bytes.h"

#include "search/open_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <utility>

namespace rookery::search {

namespace {

class HeldBytes final : public Bytes {
public:
    explicit HeldBytes(std::string bytes) : bytes_(std::move(bytes)) {}
    [[nodiscard]] std::string_view view() const override { return bytes_; }

private:
    std::string bytes_;
};

class MappedBytes final : public Bytes {
public:
    MappedBytes(void* address, std::size_t size) : address_(address), size_(size) {}
    MappedBytes(const MappedBytes&) = delete;
    MappedBytes& operator=(const MappedBytes&) = delete;
    ~MappedBytes() override { ::munmap(address_, size_); }
    [[nodiscard]] std::string_view view() const override {
        return {static_cast<const char*>(address_), size_};
    }

private:
    void* address_;
    std::size_t size_;
};

}  // namespace

BytesPtr hold(std::string bytes) {
    return std::make_shared<HeldBytes>(std::move(bytes));
}

Result<BytesPtr> map_file(const std::filesystem::path& path) {
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return file_error("open", path);
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        return hold({});
    }
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (address == MAP_FAILED) {
        return file_error("map", path);
    }
    return BytesPtr(std::make_shared<MappedBytes>(address, size));
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    TRY(const OpenFile file, make_file(path));
    if (auto written = write_at(file, 0, bytes, path); !written) {
        return written;
    }
    if (::fsync(file.get()) != 0) {
        return file_error("sync", path);
    }
    return {};
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::path made = path;
    made += ".new";
    if (auto written = write_file(made, bytes); !written) {
        return written;
    }
    if (::rename(made.c_str(), path.c_str()) != 0) {
        return file_error("replace", path);
    }
    return sync_directory(path.parent_path());
}

Result<void> sync_directory(const std::filesystem::path& path) {
    const OpenFile directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || ::fsync(directory.get()) != 0) {
        return file_error("sync", path);
    }
    return {};
}

}  // namespace rookery::search
