#include "api/mastodon/profile_changes.h"

#include "base/encoding.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kFieldsPrefix = "fields_attributes[";

Error invalid(std::string_view name, std::string_view what) {
    return fail(
        ErrorCode::kInvalid, "Validation failed: " + std::string(name) + " " + std::string(what)
    );
}

Result<std::optional<bool>> flag(const http::Params& params, std::string_view name) {
    if (!params.has(name)) {
        return std::optional<bool>{};
    }
    const auto value = params.get_bool(name);
    if (!value) {
        return invalid(name, "is neither true nor false");
    }
    return value;
}

std::optional<std::string> text(const http::Params& params, std::string_view name) {
    const auto value = params.get(name);
    return value ? std::optional<std::string>(std::string(*value)) : std::nullopt;
}

Result<void> refuse_pictures(const http::Request& request) {
    for (const http::UploadedFile& file : request.files) {
        return invalid(file.field, "can't be set: this server takes no pictures");
    }
    for (const std::string_view name : {"avatar", "header"}) {
        if (!request.params.get_or(name, "").empty()) {
            return invalid(name, "can't be set: this server takes no pictures");
        }
    }
    return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> fields_of(const http::Params& params) {
    struct Field {
        std::optional<std::string> name;
        std::optional<std::string> value;
    };
    std::map<std::size_t, Field> fields;
    std::size_t unnumbered = 0;
    for (const auto& [key, value] : params.all()) {
        std::string_view rest = key;
        if (!rest.starts_with(kFieldsPrefix)) {
            continue;
        }
        rest.remove_prefix(kFieldsPrefix.size());
        const std::size_t close = rest.find(']');
        const std::string_view part = close == std::string_view::npos ? "" : rest.substr(close + 1);
        if (part != "[name]" && part != "[value]") {
            continue;
        }
        std::size_t index = unnumbered;
        if (close != 0) {
            const auto [end, error] = std::from_chars(rest.data(), rest.data() + close, index);
            if (error != std::errc{} || end != rest.data() + close) {
                continue;
            }
        } else {
            const Field& current = fields[unnumbered];
            if (part == "[name]" ? current.name.has_value() : current.value.has_value()) {
                index = ++unnumbered;
            }
        }
        (part == "[name]" ? fields[index].name : fields[index].value) = value;
    }
    std::vector<std::pair<std::string, std::string>> out;
    for (auto& [index, field] : fields) {
        std::string name = field.name.value_or("");
        std::string value = field.value.value_or("");
        if (!trim_ascii(name).empty() || !trim_ascii(value).empty()) {
            out.emplace_back(std::move(name), std::move(value));
        }
    }
    return out;
}

Result<social::AccountChanges> profile_changes_of(const Call& call) {
    const http::Params& params = call.params();
    if (auto refused = refuse_pictures(*call.request); !refused) {
        return std::move(refused).error();
    }
    social::AccountChanges changes;
    changes.display_name = text(params, "display_name");
    changes.note = text(params, "note");
    TRY(changes.locked, flag(params, "locked"));
    TRY(changes.bot, flag(params, "bot"));
    TRY(changes.discoverable, flag(params, "discoverable"));
    TRY(changes.indexable, flag(params, "indexable"));
    TRY(changes.hide_collections, flag(params, "hide_collections"));
    TRY(changes.default_sensitive, flag(params, "source[sensitive]"));
    changes.default_language = text(params, "source[language]");
    if (const auto privacy = params.get("source[privacy]")) {
        const auto visibility = social::parse_visibility(*privacy);
        if (!visibility || *visibility == social::Visibility::kDirect) {
            return invalid("source[privacy]", "is not public, unlisted or private");
        }
        changes.default_visibility = *visibility;
    }
    const bool has_fields = std::ranges::any_of(params.all(), [](const auto& parameter) {
        return parameter.first.starts_with("fields_attributes");
    });
    if (has_fields) {
        changes.fields = fields_of(params);
    }
    return changes;
}

}  // namespace rookery::api::mastodon
