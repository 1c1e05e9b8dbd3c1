#include "social/account_rules.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>

namespace rookery::social {

namespace {

constexpr auto kReserved = std::to_array<std::string_view>({
    "about",      "abuse",   "account",  "accounts", "admin",         "administrator",
    "api",        "app",     "apps",     "auth",     "bookmarks",     "explore",
    "favourites", "health",  "help",     "home",     "hostmaster",    "local",
    "login",      "logout",  "mail",     "media",    "metrics",       "moderator",
    "nodeinfo",   "noreply", "no_reply", "oauth",    "notifications", "postmaster",
    "privacy",    "public",  "root",     "rookery",  "search",        "security",
    "settings",   "sign_up", "signup",   "static",   "streaming",     "support",
    "system",     "tags",    "terms",    "web",      "webmaster",     "www",
});

bool is_label_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-';
}

/// Labels joined by dots, at least two.
bool is_mail_host(std::string_view host) {
    std::size_t labels = 0;
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        if (label.empty() || label.size() > 63 || label.starts_with('-') || label.ends_with('-') ||
            !std::ranges::all_of(label, is_label_character)) {
            return false;
        }
        ++labels;
        if (dot == std::string_view::npos) {
            return labels >= 2;
        }
        host.remove_prefix(dot + 1);
    }
}

bool is_email(std::string_view email) {
    const std::size_t at = email.find('@');
    if (at == 0 || at > 64 || at == std::string_view::npos || email.size() > kEmailBytesMax ||
        !is_valid_utf8(email)) {
        return false;
    }
    const auto is_wrong = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7F' ||
               std::string_view("<>()[],;:\\\"").contains(c);
    };
    return std::ranges::none_of(email.substr(0, at), is_wrong) &&
           is_mail_host(email.substr(at + 1));
}

}  // namespace

std::string validation_message(const std::vector<FieldError>& errors) {
    std::string message = "Validation failed: ";
    for (std::size_t i = 0; i < errors.size(); ++i) {
        std::string field = errors[i].field;
        std::ranges::replace(field, '_', ' ');
        if (!field.empty() && field[0] >= 'a' && field[0] <= 'z') {
            field[0] = static_cast<char>(field[0] - 'a' + 'A');
        }
        message.append(i == 0 ? "" : ", ").append(field).append(" ").append(errors[i].description);
    }
    return message;
}

void check_username(std::string_view username, std::vector<FieldError>& errors) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    if (username.empty()) {
        errors.push_back({"username", "ERR_BLANK", "can't be blank"});
    } else if (!std::ranges::all_of(username, is_allowed)) {
        errors.push_back(
            {"username", "ERR_INVALID", "must contain only letters, numbers and underscores"}
        );
    } else if (username.size() > kUsernameBytesMax) {
        errors.push_back({"username", "ERR_TOO_LONG", "is too long (maximum is 30 characters)"});
    }
}

void check_email(std::string_view email, std::vector<FieldError>& errors) {
    if (!is_email(email)) {
        errors.push_back({"email", "ERR_INVALID", "is invalid"});
    }
}

bool is_reserved_username(std::string_view username) {
    return std::ranges::find(kReserved, ascii_lower(username)) != kReserved.end();
}

}  // namespace rookery::social
