#include "base/codec.h"
#include "social/account.h"
#include "social/credentials.h"

namespace rookery::social {

namespace {

// A later version appends members. A decoder reads its own version and all before, and refuses
// newer ones, which it cannot check.
constexpr std::uint8_t kAccountVersion = 1;
constexpr std::uint8_t kCredentialsVersion = 1;

enum Flag : std::uint8_t {
    kLocked = 1,
    kBot = 2,
    kDiscoverable = 4,
    kIndexable = 8,
    kHideCollections = 16,
    kSuspended = 32,
    kDefaultSensitive = 64,
    kAllFlags = 127,
};

std::uint8_t flags_of(const Account& account) {
    const auto bit = [](bool is_set, Flag flag) {
        return is_set ? static_cast<unsigned>(flag) : 0U;
    };
    return static_cast<std::uint8_t>(
        bit(account.locked, kLocked) | bit(account.bot, kBot) |
        bit(account.discoverable, kDiscoverable) | bit(account.indexable, kIndexable) |
        bit(account.hide_collections, kHideCollections) | bit(account.suspended, kSuspended) |
        bit(account.default_sensitive, kDefaultSensitive)
    );
}

void set_flags(Account& account, std::uint8_t flags) {
    account.locked = (flags & kLocked) != 0;
    account.bot = (flags & kBot) != 0;
    account.discoverable = (flags & kDiscoverable) != 0;
    account.indexable = (flags & kIndexable) != 0;
    account.hide_collections = (flags & kHideCollections) != 0;
    account.suspended = (flags & kSuspended) != 0;
    account.default_sensitive = (flags & kDefaultSensitive) != 0;
}

}  // namespace

std::string encode(const Account& account) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kAccountVersion);
    writer.fixed64(account.id.value);
    writer.byte(flags_of(account));
    writer.byte(static_cast<std::uint8_t>(account.role));
    writer.byte(static_cast<std::uint8_t>(account.default_visibility));
    writer.signed_varint(account.created_at_ms);
    writer.string(account.username);
    writer.string(account.display_name);
    writer.string(account.note);
    writer.string(account.note_html);
    writer.string(account.default_language);
    writer.string(account.avatar_key);
    writer.string(account.header_key);
    writer.varint(account.fields.size());
    for (const ProfileField& field : account.fields) {
        writer.string(field.name);
        writer.string(field.value);
        writer.string(field.value_html);
    }
    return bytes;
}

Result<Account> decode_account(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kAccountVersion;
    Account account;
    account.id = AccountId(reader.fixed64());
    const std::uint8_t flags = reader.byte();
    const std::uint8_t role = reader.byte();
    const std::uint8_t visibility = reader.byte();
    set_flags(account, flags);
    account.role = static_cast<Role>(role);
    account.default_visibility = static_cast<Visibility>(visibility);
    account.created_at_ms = reader.signed_varint();
    account.username = reader.string();
    account.display_name = reader.string();
    account.note = reader.string();
    account.note_html = reader.string();
    account.default_language = reader.string();
    account.avatar_key = reader.string();
    account.header_key = reader.string();
    account.fields.resize(reader.count());
    for (ProfileField& field : account.fields) {
        field.name = reader.string();
        field.value = reader.string();
        field.value_html = reader.string();
    }
    if (!is_known || !reader.complete() || flags > kAllFlags ||
        role > static_cast<std::uint8_t>(Role::kAdmin) ||
        visibility > static_cast<std::uint8_t>(Visibility::kDirect)) {
        return fail(ErrorCode::kCorrupt, "stored account does not parse");
    }
    return account;
}

std::string encode(const Credentials& credentials) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kCredentialsVersion);
    writer.string(credentials.email);
    writer.string(credentials.password_hash);
    return bytes;
}

Result<Credentials> decode_credentials(std::string_view bytes) {
    ByteReader reader(bytes);
    const bool is_known = reader.byte() == kCredentialsVersion;
    Credentials credentials;
    credentials.email = reader.string();
    credentials.password_hash = reader.string();
    if (!is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored credentials do not parse");
    }
    return credentials;
}

}  // namespace rookery::social
