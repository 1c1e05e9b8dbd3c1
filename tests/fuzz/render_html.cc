// What people type: the HTML made of it is of the allowed kind, and what is found is what is
// linked.

#include "fuzz/fuzz_input.h"
#include "kit/html_check.h"
#include "social/text/render.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace text = rookery::social::text;
    const std::string_view typed = rookery::fuzz::as_text(data, size);
    const std::string clean = text::normalize_input(typed);
    rookery::fuzz::require(text::normalize_input(clean) == clean, "clean input stays as it is");

    constexpr std::string_view kHost = "home.example";
    for (const std::string_view input : {typed, std::string_view(clean)}) {
        std::vector<text::KnownMention> known;
        for (const std::string& name : text::find_mentions(input, kHost)) {
            known.push_back({name, rookery::AccountId(known.size() + 1)});
        }
        const std::string html = text::render_html(input, known, kHost);
        rookery::fuzz::require(rookery::kit::HtmlCheck::problem(html).empty(), "safe HTML");
        const std::string line = text::render_line_html(input, known, kHost);
        rookery::fuzz::require(rookery::kit::HtmlCheck::problem(line).empty(), "safe line");
        for (const text::KnownMention& mention : known) {
            const std::string target = "\x01/@" + mention.username + "\"";
            rookery::fuzz::require(html.contains(target), "a mention is linked");
        }
        for (const std::string& tag : text::find_tags(input)) {
            const std::string target = "\x01" + text::tag_path(tag) + "\"";
            rookery::fuzz::require(html.contains(target), "a tag is linked");
            rookery::fuzz::require(text::normalize_tag(tag) == tag, "a folded tag stays so");
        }
        static_cast<void>(text::count_characters(input));
    }
    return 0;
}
