#include "api/limiter/json_request.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>

namespace rookery::api::limiter {

namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 8;

/// Where in the body something stands; made a text only when something is wrong.
struct Where {
    const Where* parent = nullptr;
    std::string_view name;
    std::size_t index = 0;

    [[nodiscard]] std::string text() const {
        const std::string before = parent == nullptr ? "" : parent->text();
        if (name.empty()) {
            return parent == nullptr ? before : before + fmt::format("[{}]", index);
        }
        return before.empty() ? std::string(name) : before + "." + std::string(name);
    }
};

Error wrong(const Where& where, std::string_view what) {
    const std::string place = where.text();
    return fail(
        ErrorCode::kInvalid, fmt::format("{} {}", place.empty() ? "the body" : place, what)
    );
}

Error unknown(const Where& where, std::string_view name, std::string_view known) {
    const std::string_view shown = name.empty() ? "without a name" : name;
    return wrong(where, fmt::format("has no member {}, only {}", shown, known));
}

Result<std::string_view> read_text(const json::value& value, const Where& where) {
    if (!value.is_string()) {
        return wrong(where, "must be a text");
    }
    return std::string_view(value.get_string());
}

Result<std::uint64_t>
read_number(const json::value& value, std::uint64_t most, const Where& where) {
    const bool is_whole = value.is_uint64() || (value.is_int64() && value.get_int64() >= 0);
    const std::uint64_t number = !is_whole ? 0
                                 : value.is_uint64()
                                     ? value.get_uint64()
                                     : static_cast<std::uint64_t>(value.get_int64());
    if (!is_whole || number > most) {
        return wrong(where, fmt::format("must be a whole number from 0 to {}", most));
    }
    return number;
}

Result<Entry> read_entry(const json::value& value, const Where& where) {
    Entry entry;
    if (const json::array* pair = value.if_array()) {
        if (pair->size() != 2) {
            return wrong(where, "must be a key and a value");
        }
        TRY(entry.key, read_text((*pair)[0], Where{&where, {}, 0}));
        TRY(entry.value, read_text((*pair)[1], Where{&where, {}, 1}));
        return entry;
    }
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return wrong(where, "must be an object with key and value");
    }
    bool has_key = false;
    for (const auto& [name, member] : *object) {
        const Where here{&where, name, 0};
        if (name == "key") {
            TRY(entry.key, read_text(member, here));
            has_key = true;
        } else if (name == "value") {
            TRY(entry.value, read_text(member, here));
        } else {
            return unknown(where, name, "key and value");
        }
    }
    if (!has_key) {
        return wrong(where, "needs a key");
    }
    return entry;
}

Result<std::vector<Entry>> read_entries(const json::value& value, const Where& where) {
    const json::array* list = value.if_array();
    if (list == nullptr) {
        return wrong(where, "must be an array of keys and values");
    }
    std::vector<Entry> entries;
    entries.reserve(list->size());
    for (const json::value& item : *list) {
        TRY(const Entry entry, read_entry(item, Where{&where, {}, entries.size()}));
        entries.push_back(entry);
    }
    return entries;
}

Result<Override> read_override(const json::value& value, const Where& where) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return wrong(where, "must be an object with requests_per_unit and unit");
    }
    Override limit;
    for (const auto& [name, member] : *object) {
        const Where here{&where, name, 0};
        if (name == "requests_per_unit") {
            TRY(const std::uint64_t amount,
                read_number(member, std::numeric_limits<std::uint32_t>::max(), here));
            limit.requests_per_unit = static_cast<std::uint32_t>(amount);
        } else if (name == "unit") {
            TRY(const std::string_view word, read_text(member, here));
            limit.unit = unit_of(word).value_or(Unit::kUnknown);
        } else {
            return unknown(where, name, "requests_per_unit and unit");
        }
    }
    if (limit.unit == Unit::kUnknown) {
        return wrong(where, "needs a unit: second, minute, hour, day, week, month or year");
    }
    return limit;
}

Result<Descriptor> read_descriptor(const json::value& value, const Where& where) {
    Descriptor descriptor;
    if (value.is_array()) {
        TRY(descriptor.entries, read_entries(value, where));
        return descriptor;
    }
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return wrong(where, "must be an object with entries, or an array of keys and values");
    }
    for (const auto& [name, member] : *object) {
        const Where here{&where, name, 0};
        if (name == "entries") {
            TRY(descriptor.entries, read_entries(member, here));
        } else if (name == "limit") {
            TRY(descriptor.limit, read_override(member, here));
        } else if (name == "hits") {
            TRY(descriptor.hits,
                read_number(member, std::numeric_limits<std::uint32_t>::max(), here));
        } else {
            return unknown(where, name, "entries, limit and hits");
        }
    }
    return descriptor;
}

Result<std::vector<Descriptor>> read_descriptors(const json::value& value, const Where& where) {
    const json::array* list = value.if_array();
    if (list == nullptr) {
        return wrong(where, "must be an array");
    }
    std::vector<Descriptor> descriptors;
    descriptors.reserve(list->size());
    for (const json::value& item : *list) {
        TRY(auto descriptor, read_descriptor(item, Where{&where, {}, descriptors.size()}));
        descriptors.push_back(std::move(descriptor));
    }
    return descriptors;
}

Result<LimitRequest> read_request(const json::value& value, const Where& where) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return wrong(where, "must be an object with domain and descriptors");
    }
    LimitRequest request;
    for (const auto& [name, member] : *object) {
        const Where here{&where, name, 0};
        if (name == "domain") {
            TRY(request.domain, read_text(member, here));
        } else if (name == "hits") {
            TRY(request.hits, read_number(member, std::numeric_limits<std::uint32_t>::max(), here));
        } else if (name == "descriptors") {
            TRY(request.descriptors, read_descriptors(member, here));
        } else {
            return unknown(where, name, "domain, descriptors and hits");
        }
    }
    return request;
}

}  // namespace

// To fill the first bytes would cost more than to use them.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
JsonRequest::JsonRequest() : memory_(first_bytes_.data(), first_bytes_.size()), tree_(&memory_) {}

Result<std::unique_ptr<JsonRequest>> JsonRequest::parse(std::string_view text) {
    std::unique_ptr<JsonRequest> body(new JsonRequest);
    json::parse_options options;
    options.max_depth = kDepthMax;
    json::error_code error;
    body->tree_ = json::parse(text, error, &body->memory_, options);
    if (error) {
        return fail(ErrorCode::kInvalid, "the body is no JSON: " + error.message());
    }
    const Where top;
    if (const json::array* list = body->tree_.if_array()) {
        if (list->size() > kRequestsMax) {
            return fail(
                ErrorCode::kTooLarge, fmt::format("a batch holds at most {} requests", kRequestsMax)
            );
        }
        body->requests_.reserve(list->size());
        for (const json::value& item : *list) {
            TRY(auto request, read_request(item, Where{&top, {}, body->requests_.size()}));
            body->requests_.push_back(std::move(request));
        }
        return body;
    }
    TRY(auto request, read_request(body->tree_, top));
    body->requests_.push_back(std::move(request));
    return body;
}

}  // namespace rookery::api::limiter
