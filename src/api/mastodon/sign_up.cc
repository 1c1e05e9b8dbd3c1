#include "api/mastodon/sign_up.h"

#include "base/encoding.h"

#include <utility>

namespace rookery::api::mastodon {

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
    social::NewAccount account;
    account.username = std::move(form.username);
    account.email = std::move(form.email);
    account.password = std::move(form.password);
    SignUpOutcome outcome;
    CO_TRY(
        outcome.errors,
        co_await call.services().accounts.validate(account, social::NewAccountForm::kSignUp)
    );
    if (!form.agreement) {
        outcome.errors.push_back({"agreement", "ERR_ACCEPTED", "must be accepted"});
    }
    if (outcome.errors.empty()) {
        CO_TRY(outcome.account, co_await call.services().accounts.create(std::move(account)));
    }
    co_return outcome;
}

std::string sentence_of(const social::FieldError& error) {
    std::string sentence = error.field + " " + error.description;
    if (sentence[0] >= 'a' && sentence[0] <= 'z') {
        sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    }
    return sentence;
}

}  // namespace rookery::api::mastodon
