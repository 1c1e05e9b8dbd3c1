#include "social/post_text.h"

#include "base/encoding.h"
#include "social/text/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

Result<void> check_length(const PostText& post, const PostLimits& limits) {
    if (post.text.empty()) {
        return fail(ErrorCode::kInvalid, "Validation failed: Text can't be blank");
    }
    const bool is_too_long =
        post.text.size() > limits.text_bytes_max ||
        post.spoiler_text.size() > limits.text_bytes_max ||
        text::count_characters(post.text) + text::count_characters(post.spoiler_text) >
            limits.characters_max;
    if (is_too_long) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format(
                "Validation failed: Text character limit of {} exceeded", limits.characters_max
            )
        );
    }
    return {};
}

}  // namespace

Task<Result<PostText>> compose_text(
    Accounts* accounts,
    const PostLimits* limits,
    std::string local_host,
    std::string text,
    std::string spoiler_text
) {
    PostText out;
    out.text = text::normalize_input(text);
    out.spoiler_text = text::normalize_input(spoiler_text);
    if (out.text.empty()) {
        out.text = std::exchange(out.spoiler_text, {});
    }
    CO_CHECK(check_length(out, *limits));

    std::vector<text::KnownMention> known;
    for (std::string& name : text::find_mentions(out.text, local_host)) {
        if (out.mentions.size() >= limits->mentions_max) {
            break;
        }
        Result<AccountPtr> account = co_await accounts->find_by_name(std::move(name));
        if (!account && account.error().code != ErrorCode::kNotFound) {
            co_return account.error();
        }
        if (account && !(*account)->suspended) {
            known.push_back({(*account)->username, (*account)->id});
            out.mentions.push_back({(*account)->id, (*account)->username});
        }
    }
    out.tags = text::find_tags(out.text);
    if (out.tags.size() > limits->tags_max) {
        out.tags.resize(limits->tags_max);
    }
    out.content_html = text::render_html(out.text, known, local_host);
    co_return out;
}

std::string normalize_language(std::string_view language) {
    const std::string code = ascii_lower(language.substr(0, language.find_first_of("-_")));
    const bool is_code = (code.size() == 2 || code.size() == 3) &&
                         std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
    return is_code ? code : std::string();
}

}  // namespace rookery::social
