// Stored records of accounts and sessions: damaged bytes are refused, and what is read is written
// again to the same value. The first byte chooses the record.

#include "fuzz/fuzz_input.h"
#include "social/account.h"
#include "social/credentials.h"
#include "social/sessions_codec.h"

namespace {

template <class Record>
void check(std::string_view bytes, rookery::Result<Record> (*decode)(std::string_view)) {
    const auto decoded = decode(bytes);
    if (!decoded) {
        rookery::fuzz::require(
            decoded.error().code == rookery::ErrorCode::kCorrupt, "damage has its own code"
        );
        return;
    }
    const auto again = decode(encode(*decoded));
    rookery::fuzz::require(again && *again == *decoded, "a record survives being written again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = rookery::fuzz::as_text(data + 1, size - 1);
    switch (data[0] % 5) {
        case 0:
            check(bytes, rookery::social::decode_account);
            break;
        case 1:
            check(bytes, rookery::social::decode_credentials);
            break;
        case 2:
            check(bytes, rookery::social::decode_app);
            break;
        case 3:
            check(bytes, rookery::social::decode_session);
            break;
        default:
            check(bytes, rookery::social::decode_grant);
            break;
    }
    return 0;
}
