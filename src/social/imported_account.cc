#include "social/imported_account.h"

#include "social/account.h"
#include "social/credentials.h"
#include "social/event.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

std::string imported_username(AccountId id, unsigned variant) {
    const std::string name = "u" + to_string(id);
    return variant == 0 ? name : name + "_" + std::to_string(variant);
}

ports::Key imported_name_key(const std::string& username) {
    return {tables::kAccountNames, username.substr(0, 1), username};
}

void append_imported_account(
    ports::Batch& batch,
    AccountId id,
    const std::string& username,
    UnixMs now_ms
) {
    const Account account{.id = id, .username = username, .created_at_ms = now_ms};
    const std::string partition = tables::id_bytes(id);
    const auto put_new = [&batch](ports::Key key, std::string value) {
        batch.expect_absent(key);
        batch.put(std::move(key), std::move(value));
    };
    put_new(imported_name_key(username), partition);
    put_new({tables::kAccounts, partition, {}}, encode(account));
    put_new({tables::kCredentials, partition, {}}, encode(Credentials{}));
    batch.emit(encode(SocialEvent{.type = EventType::kAccountCreated, .actor = id}));
}

}  // namespace rookery::social
