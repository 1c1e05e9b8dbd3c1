#include "api/mastodon/sign_up.h"

#include "base/encoding.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kUsernameMax = 30;
constexpr std::size_t kEmailBytesMax = 320;
constexpr std::size_t kPasswordBytesMax = 1024;

bool is_username(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

/// No more than what tells a typing error: the proof of an address is a letter that arrives.
bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == ',';
           });
}

std::vector<FieldError> check(const SignUp& form) {
    std::vector<FieldError> errors;
    if (form.username.empty()) {
        errors.push_back({"username", "ERR_BLANK", "can't be blank"});
    } else if (!is_username(form.username)) {
        errors.push_back(
            {"username", "ERR_INVALID", "must contain only letters, numbers and underscores"}
        );
    } else if (form.username.size() > kUsernameMax) {
        errors.push_back({"username", "ERR_TOO_LONG", "is too long (maximum is 30 characters)"});
    }
    if (form.email.empty()) {
        errors.push_back({"email", "ERR_BLANK", "can't be blank"});
    } else if (!is_email(form.email) || form.email.size() > kEmailBytesMax) {
        errors.push_back({"email", "ERR_INVALID", "is not an e-mail address"});
    }
    if (form.password.empty()) {
        errors.push_back({"password", "ERR_BLANK", "can't be blank"});
    } else if (form.password.size() > kPasswordBytesMax) {
        errors.push_back({"password", "ERR_TOO_LONG", "is too long (maximum is 1024 bytes)"});
    }
    if (!form.agreement) {
        errors.push_back({"agreement", "ERR_ACCEPTED", "must be accepted"});
    }
    return errors;
}

/// What the accounts service says is a sentence that begins with the field.
FieldError as_field_error(const std::string& message) {
    FieldError error{"username", "ERR_INVALID", message};
    for (const std::string_view field : {"username", "email", "password"}) {
        if (ascii_lower(message).starts_with(field) && message.size() > field.size() + 1) {
            error.field = field;
            error.description = message.substr(field.size() + 1);
        }
    }
    if (error.description.find("taken") != std::string::npos) {
        error.code = "ERR_TAKEN";
    } else if (error.description.find("too short") != std::string::npos) {
        error.code = "ERR_TOO_SHORT";
    } else if (error.description.find("too long") != std::string::npos) {
        error.code = "ERR_TOO_LONG";
    } else if (error.description.find("reserved") != std::string::npos) {
        error.code = "ERR_RESERVED";
    }
    return error;
}

}  // namespace

SignUp sign_up_of(const Call& call) {
    const http::Params& params = call.params();
    return {
        .username = std::string(trim_ascii(params.get_or("username", ""))),
        .email = std::string(trim_ascii(params.get_or("email", ""))),
        .password = std::string(params.get_or("password", "")),
        .agreement = params.get_bool("agreement").value_or(false),
    };
}

Task<Result<SignUpOutcome>> sign_up(Call call, SignUp form) {
    if (!call.api.config.registrations_open) {
        co_return fail(ErrorCode::kForbidden, "Registrations are currently not open");
    }
    SignUpOutcome outcome;
    outcome.errors = check(form);
    if (!outcome.errors.empty()) {
        co_return outcome;
    }
    social::NewAccount account;
    account.username = std::move(form.username);
    account.email = std::move(form.email);
    account.password = std::move(form.password);
    auto made = co_await call.services().accounts.create(std::move(account));
    if (made) {
        outcome.account = std::move(*made);
    } else if (made.error().code == ErrorCode::kInvalid) {
        outcome.errors.push_back(as_field_error(made.error().message));
    } else {
        co_return std::move(made).error();
    }
    co_return outcome;
}

std::string sentence_of(const FieldError& error) {
    std::string sentence = error.field + " " + error.description;
    if (sentence[0] >= 'a' && sentence[0] <= 'z') {
        sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    }
    return sentence;
}

}  // namespace rookery::api::mastodon
