#pragma once

#include "load/page.h"
#include "load/source.h"

#include <string>
#include <vector>

namespace rookery::load {

/// Which page of the home timeline is asked for.
enum class HomePage : std::uint8_t {
    kFirst,   ///< the newest 20
    kDeeper,  ///< with max_id: the second to fourth page
    kPoll,    ///< with since_id: whether there is anything new
};

/// Reads of the home timeline. Cursors of deeper pages and polls are taken from the readers' own
/// pages before the run, so that the requests are ready when it begins.
class HomeSource final : public RequestSource {
public:
    HomeSource(Scene scene, HomePage page) : scene_(scene), page_(page) {}

    [[nodiscard]] std::vector<std::string> kinds() const override;
    [[nodiscard]] Result<void> prepare(Fetcher& fetcher) override;
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& answer) const override;

    /// What the page of an answer was asked for.
    [[nodiscard]] PageBounds bounds(const Operation& operation) const;

private:
    struct Cursor {
        std::uint32_t reader = 0;
        std::uint32_t pages_left = 0;  ///< to turn before it is used
        std::string id;
        std::uint32_t request = Operation::kNone;
    };

    [[nodiscard]] std::string path(const Cursor& cursor) const;
    [[nodiscard]] std::uint32_t first_page_request(Plan& plan, std::uint32_t reader);

    Scene scene_;
    HomePage page_;
    std::vector<std::uint32_t> requests_;  ///< of the first page, by reader; made when first drawn
    std::vector<Cursor> cursors_;
};

}  // namespace rookery::load
