#include "store/overlay.h"

#include "store/key_codec.h"

namespace rookery::store {

void Overlay::record(const ports::Batch& batch) {
    for (const ports::Batch::Operation& operation : batch.operations) {
        Change& change = changes_[encode_key(operation.key)];
        switch (operation.kind) {
            case ports::Batch::Operation::kPut:
                change = {true, operation.value, std::nullopt};
                break;
            case ports::Batch::Operation::kErase:
                change = {true, std::nullopt, std::nullopt};
                break;
            case ports::Batch::Operation::kAdd:
                change.delta =
                    ports::sum(change.delta.value_or(ports::Counters{}), operation.delta);
                break;
        }
    }
}

Result<std::optional<std::string>>
Overlay::read(const std::string& encoded_key, const ReadBelow& below) const {
    const auto it = changes_.find(encoded_key);
    if (it == changes_.end()) {
        return below(encoded_key);
    }
    const Change& change = it->second;
    std::optional<std::string> value = change.value;
    if (!change.known) {
        TRY(value, below(encoded_key));
    }
    if (!change.delta) {
        return value;
    }
    ports::Counters before{};
    if (value) {
        TRY(before, ports::decode_counters(*value));
    }
    return ports::encode_counters(ports::sum(before, *change.delta));
}

}  // namespace rookery::store
