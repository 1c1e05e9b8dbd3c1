// A page of posts as the load generator judges it: whatever comes is a page or an error, and a page
// with a post twice is never taken for right.

#include "fuzz/fuzz_input.h"
#include "load/page.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto page = rookery::load::parse_page(rookery::fuzz::as_text(data, size));
    if (page && !page->empty()) {
        for (const auto& entry : *page) {
            rookery::fuzz::require(!entry.id.empty(), "each post has an id");
        }
        page->push_back(page->front());
        rookery::fuzz::require(
            rookery::load::check_order(*page, {.limit = page->size()}).has_value(),
            "a post that is there twice is noticed"
        );
    }
    return 0;
}
