#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// What is wrong with one field of a form, in Mastodon's codes: the `details` of a sign-up's error.
struct FieldError {
    std::string field;        ///< as in the API: "username"
    std::string code;         ///< "ERR_TAKEN"
    std::string description;  ///< goes on from the field's name: "has already been taken"

    bool operator==(const FieldError&) const = default;
};

/// "Validation failed: Username has already been taken, Email is invalid".
[[nodiscard]] std::string validation_message(const std::vector<FieldError>& errors);

enum class NewAccountForm : std::uint8_t {
    kTool,    ///< e-mail and password may be missing
    kSignUp,  ///< both are asked for
};

inline constexpr std::size_t kUsernameBytesMax = 30;
/// RFC 5321, section 4.5.3.1.3, less the angle brackets.
inline constexpr std::size_t kEmailBytesMax = 254;

/// Appends what is wrong with the characters and the length of a username.
void check_username(std::string_view username, std::vector<FieldError>& errors);
/// Appends if `email` cannot be an address. Only a letter that arrives proves that it is one.
void check_email(std::string_view email, std::vector<FieldError>& errors);

/// Names that look like a part of the server, in any case.
[[nodiscard]] bool is_reserved_username(std::string_view username);

}  // namespace rookery::social
