#include "web/site.h"

#include "base/log.h"
#include "web/file_answer.h"

#include <string_view>
#include <utility>

namespace rookery::web {

namespace {

constexpr std::string_view kIndex = "/index.html";

Task<http::Response>
answer(std::shared_ptr<const Site> site, const File* file, http::RequestPtr request) {
    co_return file_answer(*file, *request);
}

}  // namespace

Result<std::shared_ptr<const Site>> Site::open(const std::string& folder) {
    TRY(Files files, read_folder(folder));
    const auto index = files.find(kIndex);
    if (index == files.end()) {
        return fail(ErrorCode::kInvalid, "the web folder " + folder + " has no index.html");
    }
    TRY(AppPage page, AppPage::parse(*index->second.bytes));
    return std::make_shared<const Site>(std::move(files), std::move(page));
}

http::Response Site::index(const http::Request& request) const {
    return file_answer(files_.find(kIndex)->second, request);
}

http::Response Site::index(const PageHead& head, int status) const {
    http::Response response = http::Response::html(page_.with(head), status);
    response.header("Cache-Control", "no-cache");
    response.header("X-Content-Type-Options", "nosniff");
    response.etag = true;
    return response;
}

std::string Site::address_of(std::string_view beginning) const {
    for (auto file = files_.lower_bound(beginning); file != files_.end(); ++file) {
        const std::string& address = file->first;
        if (!address.starts_with(beginning)) {
            break;
        }
        // Another name may begin alike and go on with a word: "text-latin-extended-B1x8_zQ2".
        const std::size_t hash_end = address.find('.', beginning.size());
        if (file->second.is_immutable && hash_end == beginning.size() + kHashLength) {
            return address;
        }
    }
    return "";
}

void Site::add_files(const std::shared_ptr<const Site>& self, http::Router& router) {
    for (const auto& entry : self->files_) {
        const std::string& address = entry.first;
        const File* file = &entry.second;
        if (address == kIndex) {
            continue;
        }
        if (router.match(http::Method::kGet, address).pattern == address) {
            log::warning("a file of the web folder is hidden by a page", {{"address", address}});
            continue;
        }
        router.add(http::Method::kGet, address, [self, file](http::RequestPtr request) {
            return answer(self, file, std::move(request));
        });
    }
}

}  // namespace rookery::web
