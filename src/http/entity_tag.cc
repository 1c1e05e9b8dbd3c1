#include "http/entity_tag.h"

#include "base/encoding.h"
#include "base/random.h"

#include <fmt/format.h>

#include <cstring>

namespace rookery::http {

namespace {

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<__uint128_t>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::string_view opaque_part(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

KeyedHash::KeyedHash() : key_{} {
    const std::string random = secure_random_bytes(sizeof key_);
    std::memcpy(key_.data(), random.data(), sizeof key_);
}

std::uint64_t KeyedHash::operator()(std::string_view bytes, std::uint64_t seed) const {
    std::uint64_t a = seed ^ key_[0];
    std::uint64_t b = bytes.size() ^ key_[1];
    // Two independent chains hide the latency of the multiplications.
    while (bytes.size() >= 32) {
        const char* const p = bytes.data();
        a = fold(load(p) ^ key_[2], load(p + 8) ^ a);
        b = fold(load(p + 16) ^ key_[3], load(p + 24) ^ b);
        bytes.remove_prefix(32);
    }
    std::array<char, 32> tail{};
    std::memcpy(tail.data(), bytes.data(), bytes.size());
    a = fold(load(tail.data()) ^ key_[2], load(tail.data() + 8) ^ a);
    b = fold(load(tail.data() + 16) ^ key_[3], load(tail.data() + 24) ^ b);
    return fold(a ^ key_[1], b ^ key_[0]);
}

std::string EntityTagger::tag(const Response& response) const {
    std::uint64_t hashed = 0;
    for (const Piece& piece : response.fragments) {
        if (piece.hash == 0) {
            hashed = hash_(piece.bytes, hashed);
        } else {
            std::array<char, sizeof piece.hash> bytes;
            std::memcpy(bytes.data(), &piece.hash, sizeof piece.hash);
            hashed = hash_of_hashes_({bytes.data(), bytes.size()}, hashed);
        }
    }
    hashed = hash_(response.body, hashed);
    return fmt::format("W/\"{:016x}\"", hashed);
}

bool matches_entity_tag(std::string_view if_none_match, std::string_view tag) {
    while (!if_none_match.empty()) {
        const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
        const std::string_view element = trim_ascii(if_none_match.substr(0, end));
        if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
        if (element == "*" || opaque_part(element) == opaque_part(tag)) {
            return true;
        }
    }
    return false;
}

}  // namespace rookery::http
