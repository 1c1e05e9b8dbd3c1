#include "load/post_source.h"

#include "load/made_up_text.h"
#include "load/page.h"

#include <fmt/format.h>

namespace rookery::load {

void PostSource::add(Plan& plan, std::int64_t at_ns, Random& random) {
    const auto author = static_cast<std::uint32_t>(random.below(scene_.people.size()));
    const auto number = static_cast<std::uint32_t>(marks_.size());
    marks_.push_back(fmt::format("m{:x}p{}", random.next() & 0xFFFFFF, number));
    const std::string body =
        fmt::format(R"({{"status":"{}"}})", made_up_text(random, marks_.back()));
    plan.operations.push_back({
        .at_ns = at_ns,
        .request = plan.add_request(
            scene_.target.send("POST", "/api/v1/statuses", scene_.people.token(author), body)
        ),
        .who = author,
        .about = number,
        .kind = first_kind(),
    });
}

std::optional<std::string> PostSource::judge(const KeptAnswer& answer) const {
    const auto made = parse_page("[" + answer.body + "]");
    if (!made || made->size() != 1) {
        return "the answer to a post is no post";
    }
    const PageEntry& post = made->front();
    if (post.author != scene_.people.id(answer.operation.who)) {
        return fmt::format("post {} has the wrong author {}", post.id, post.author);
    }
    if (post.content.find(marks_[answer.operation.about]) == std::string::npos) {
        return fmt::format("post {} has another text than was sent", post.id);
    }
    return std::nullopt;
}

}  // namespace rookery::load
