#include "social/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rookery::social {

namespace {

using HashText = std::array<char, crypto_pwhash_STRBYTES>;

void start_sodium() {
    if (sodium_init() < 0) {  // repeats are cheap and safe
        throw std::runtime_error("libsodium did not start");
    }
}

/// libsodium wants a zero behind the text; nothing if it is too long to be a hash.
bool copy(std::string_view hash, HashText& text) {
    text.fill('\0');
    if (hash.size() >= text.size()) {
        return false;
    }
    std::ranges::copy(hash, text.begin());
    return true;
}

}  // namespace

Result<std::string> hash_password(std::string_view password, PasswordCost cost) {
    start_sodium();
    HashText text{};
    const int failed = crypto_pwhash_str_alg(
        text.data(),
        password.data(),
        password.size(),
        cost.passes,
        cost.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) {
        return fail(ErrorCode::kUnavailable, "Too busy to check passwords; try again later");
    }
    return std::string(text.data());
}

bool password_matches(std::string_view hash, std::string_view password) {
    start_sodium();
    HashText text;
    return copy(hash, text) &&
           crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

bool password_needs_rehash(std::string_view hash, PasswordCost cost) {
    start_sodium();
    HashText text;
    return !copy(hash, text) ||
           crypto_pwhash_str_needs_rehash(text.data(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace rookery::social
