#include "base/random.h"

#include "base/encoding.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace rookery {

std::string secure_random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
        throw std::runtime_error("the system's random generator failed");
    }
    return bytes;
}

std::string secure_random_token(std::size_t bytes) {
    return base64url_encode(secure_random_bytes(bytes));
}

}  // namespace rookery
