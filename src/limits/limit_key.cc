#include "limits/limit_key.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace rookery::limits {

namespace {

using Secret = std::array<unsigned char, crypto_shorthash_KEYBYTES>;

Secret draw_secret() {
    Secret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::uint64_t siphash(std::string_view text) {
    static const Secret kSecret = draw_secret();
    static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));
    std::uint64_t hash = 0;
    crypto_shorthash(
        reinterpret_cast<unsigned char*>(&hash),
        reinterpret_cast<const unsigned char*>(text.data()),
        text.size(),
        kSecret.data()
    );
    return hash;
}

}  // namespace

LimitKey::LimitKey(std::string_view text) : hash(std::max<std::uint64_t>(1, siphash(text))) {}

}  // namespace rookery::limits
