#include "limits/limit_key.h"

#include <sodium.h>

#include <algorithm>

namespace rookery::limits {

static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<KeyHasher::Secret>);
static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));

KeyHasher::Secret KeyHasher::random_secret() {
    Secret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

LimitKey KeyHasher::key(std::string_view text) const {
    return {std::max<std::uint64_t>(1, checksum(text))};
}

std::uint64_t KeyHasher::checksum(std::string_view bytes) const {
    std::uint64_t hash = 0;
    crypto_shorthash(
        reinterpret_cast<unsigned char*>(&hash),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        bytes.size(),
        secret_.data()
    );
    return hash;
}

}  // namespace rookery::limits
