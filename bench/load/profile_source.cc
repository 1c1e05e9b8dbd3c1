#include "load/profile_source.h"

#include "load/page.h"

#include <fmt/format.h>

namespace rookery::load {

void ProfileSource::add(Plan& plan, std::int64_t at_ns, Random& random) {
    const std::uint32_t reader = scene_.readers.draw(random);
    const std::uint32_t author = scene_.readers.draw(random);
    plan.operations.push_back({
        .at_ns = at_ns,
        .request = plan.add_request(scene_.target.get(
            fmt::format("/api/v1/accounts/{}/statuses", scene_.people.id(author)),
            scene_.people.token(reader)
        )),
        .who = reader,
        .about = author,
        .kind = first_kind(),
    });
}

std::optional<std::string> ProfileSource::judge(const KeptAnswer& answer) const {
    const auto page = parse_page(answer.body);
    if (!page) {
        return page.error().message;
    }
    if (auto complaint = check_order(*page, {})) {
        return complaint;
    }
    return check_authors(*page, {std::string(scene_.people.id(answer.operation.about))});
}

}  // namespace rookery::load
