#include "social/post.h"

#include "base/codec.h"

#include <algorithm>

namespace rookery::social {

namespace {

constexpr std::uint8_t kFormat = 1;

Error corrupt(const char* what) {
    return fail(ErrorCode::kCorrupt, "stored data does not parse", what);
}

std::uint8_t bit(bool value, int position) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(value) << position);
}

bool read_visibility(ByteReader& reader, Visibility& out) {
    const std::uint8_t raw = reader.byte();
    out = static_cast<Visibility>(raw);
    return raw <= static_cast<std::uint8_t>(Visibility::kDirect);
}

/// What a later version adds stands behind the first version's fields as (number, bytes) with
/// rising numbers from 1, so that each program reads what it knows and skips the rest.
bool skip_later_fields(ByteReader& reader) {
    std::uint64_t last = 0;
    while (reader.ok() && !reader.at_end()) {
        const std::uint64_t number = reader.varint();
        [[maybe_unused]] const std::string_view value = reader.string();
        if (number <= last) {
            return false;
        }
        last = number;
    }
    return reader.complete();
}

}  // namespace

bool PostFacts::mentions_account(AccountId account) const {
    return std::ranges::any_of(mentions, [account](const Mention& m) {
        return m.account == account;
    });
}

std::string encode(const Post& post) {
    std::string out;
    out.reserve(128 + post.text.size() + post.content_html.size());
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.fixed64(post.id.value);
    writer.varint(post.author.value);
    writer.varint(post.thread.value);
    writer.varint(post.in_reply_to.value);
    writer.varint(post.in_reply_to_account.value);
    writer.varint(post.boost_of.value);
    writer.varint(post.boost_of_author.value);
    writer.byte(static_cast<std::uint8_t>(post.visibility));
    writer.byte(bit(post.sensitive, 0));
    writer.string(post.spoiler_text);
    writer.string(post.text);
    writer.string(post.content_html);
    writer.string(post.language);
    writer.varint(post.mentions.size());
    for (const Mention& mention : post.mentions) {
        writer.varint(mention.account.value);
        writer.string(mention.username);
    }
    writer.varint(post.tags.size());
    for (const std::string& tag : post.tags) {
        writer.string(tag);
    }
    writer.string(post.app_name);
    writer.string(post.app_website);
    writer.signed_varint(post.edited_at_ms);
    return out;
}

Result<Post> decode_post(std::string_view bytes) {
    ByteReader reader(bytes);
    if (reader.byte() != kFormat) {
        return corrupt("post: unknown format");
    }
    Post post;
    post.id = PostId(reader.fixed64());
    post.author = AccountId(reader.varint());
    post.thread = PostId(reader.varint());
    post.in_reply_to = PostId(reader.varint());
    post.in_reply_to_account = AccountId(reader.varint());
    post.boost_of = PostId(reader.varint());
    post.boost_of_author = AccountId(reader.varint());
    const bool visibility_ok = read_visibility(reader, post.visibility);
    const std::uint8_t bits = reader.byte();
    post.sensitive = bits == 1;
    post.spoiler_text = reader.string();
    post.text = reader.string();
    post.content_html = reader.string();
    post.language = reader.string();
    post.mentions.resize(reader.count());
    for (Mention& mention : post.mentions) {
        mention.account = AccountId(reader.varint());
        mention.username = reader.string();
    }
    post.tags.resize(reader.count());
    for (std::string& tag : post.tags) {
        tag = reader.string();
    }
    post.app_name = reader.string();
    post.app_website = reader.string();
    post.edited_at_ms = reader.signed_varint();
    if (!reader.ok() || !visibility_ok || bits > 1 || !skip_later_fields(reader)) {
        return corrupt("post");
    }
    return post;
}

std::string encode(const PostEdit& edit) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.signed_varint(edit.at_ms);
    writer.byte(bit(edit.sensitive, 0));
    writer.string(edit.spoiler_text);
    writer.string(edit.text);
    writer.string(edit.content_html);
    return out;
}

Result<PostEdit> decode_post_edit(std::string_view bytes) {
    ByteReader reader(bytes);
    if (reader.byte() != kFormat) {
        return corrupt("post edit: unknown format");
    }
    PostEdit edit;
    edit.at_ms = reader.signed_varint();
    const std::uint8_t bits = reader.byte();
    edit.sensitive = bits == 1;
    edit.spoiler_text = reader.string();
    edit.text = reader.string();
    edit.content_html = reader.string();
    if (!reader.ok() || bits > 1 || !skip_later_fields(reader)) {
        return corrupt("post edit");
    }
    return edit;
}

std::string encode(const AuthorPostFlags& flags) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.byte(static_cast<std::uint8_t>(flags.visibility));
    writer.byte(
        bit(flags.is_reply_to_other, 0) | bit(flags.is_reply, 1) | bit(flags.is_boost, 2) |
        bit(flags.has_media, 3)
    );
    return out;
}

Result<AuthorPostFlags> decode_author_post_flags(std::string_view bytes) {
    ByteReader reader(bytes);
    AuthorPostFlags flags;
    const std::uint8_t format = reader.byte();
    const bool visibility_ok = read_visibility(reader, flags.visibility);
    const unsigned bits = reader.byte();
    flags.is_reply_to_other = (bits & 1U) != 0;
    flags.is_reply = (bits & 2U) != 0;
    flags.is_boost = (bits & 4U) != 0;
    flags.has_media = (bits & 8U) != 0;
    if (format != kFormat || !visibility_ok || bits > 15 || !reader.complete()) {
        return corrupt("author's post flags");
    }
    return flags;
}

std::string encode(const ThreadEntry& entry) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.varint(entry.parent.value);
    writer.varint(entry.author.value);
    return out;
}

Result<ThreadEntry> decode_thread_entry(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    ThreadEntry entry;
    entry.parent = PostId(reader.varint());
    entry.author = AccountId(reader.varint());
    if (format != kFormat || !reader.complete()) {
        return corrupt("thread entry");
    }
    return entry;
}

}  // namespace rookery::social
