#include "social/imported_account.h"

#include "social/account.h"
#include "social/credentials.h"
#include "social/event.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

std::string imported_username(AccountId id, unsigned variant) {
    const std::string name = "u" + to_string(id);
    return variant == 0 ? name : name + "_" + std::to_string(variant);
}

ports::Key imported_name_key(const std::string& username) {
    return {tables::kAccountNames, username.substr(0, 1), username};
}

// Table by table in the order of keys, which the store inserts fastest.
void append_imported_accounts(
    ports::Batch& batch,
    const std::vector<ImportedAccount>& accounts,
    UnixMs now_ms
) {
    std::vector<const ImportedAccount*> by_name;
    for (const ImportedAccount& account : accounts) {
        by_name.push_back(&account);
    }
    std::ranges::sort(by_name, {}, &ImportedAccount::username);
    const auto put_new = [&batch](ports::Key key, std::string value) {
        batch.expect_absent(key);
        batch.put(std::move(key), std::move(value));
    };
    for (const ImportedAccount* account : by_name) {
        put_new(imported_name_key(account->username), tables::id_bytes(account->id));
    }
    for (const ImportedAccount& imported : accounts) {
        const Account account{
            .id = imported.id, .username = imported.username, .created_at_ms = now_ms
        };
        put_new({tables::kAccounts, tables::id_bytes(account.id), {}}, encode(account));
        batch.emit(encode(SocialEvent{.type = EventType::kAccountCreated, .actor = account.id}));
    }
    const std::string no_credentials = encode(Credentials{});
    for (const ImportedAccount& account : accounts) {
        batch.put({tables::kCredentials, tables::id_bytes(account.id), {}}, no_credentials);
    }
}

}  // namespace rookery::social
