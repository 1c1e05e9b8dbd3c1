#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace rookery {

/// Appends JSON (RFC 8259) to a string, without a tree in between; commas are its own business.
/// The caller keeps the nesting right: begin/end calls pair, and in an object a key precedes each
/// value. Text is taken as UTF-8; bytes that are not are replaced by U+FFFD.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    /// `name` must need no escaping.
    JsonWriter& key(std::string_view name);

    JsonWriter& string(std::string_view value);
    JsonWriter& number(std::int64_t value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// Appends finished JSON as one value.
    JsonWriter& raw(std::string_view json);

    JsonWriter& field(std::string_view name, std::string_view value) {
        return key(name).string(value);
    }
    JsonWriter& field(std::string_view name, const char* value) { return key(name).string(value); }
    template <class T>
        requires std::is_integral_v<T>
    JsonWriter& field(std::string_view name, T value) {
        if constexpr (std::is_same_v<T, bool>) {
            return key(name).boolean(value);
        } else {
            return key(name).number(static_cast<std::int64_t>(value));
        }
    }
    JsonWriter& null_field(std::string_view name) { return key(name).null(); }
    JsonWriter& raw_field(std::string_view name, std::string_view json) {
        return key(name).raw(json);
    }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string& out_;
    bool needs_comma_ = false;
};

/// Appends `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace rookery
