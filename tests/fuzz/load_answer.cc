// An answer as the load generator reads it: whole, cut at any byte, and with the body dropped
// unseen, which must come to the same.

#include "fuzz/fuzz_input.h"
#include "load/answer_reader.h"

#include <algorithm>
#include <string>

namespace rookery::load {

namespace {

struct Seen {
    AnswerReader::State state{};
    int status = 0;
    std::uint64_t body_bytes = 0;

    bool operator==(const Seen&) const = default;
};

Seen result_of(AnswerReader& reader) {
    reader.close();
    return {reader.state(), reader.status(), reader.body_bytes()};
}

Seen read_in_two(std::string_view bytes, std::size_t cut, std::string* body) {
    AnswerReader reader;
    reader.begin(true);
    const std::size_t first = reader.feed(bytes.substr(0, cut));
    fuzz::require(first <= cut, "no more is taken than there is");
    if (first == cut) {
        static_cast<void>(reader.feed(bytes.substr(cut)));
    }
    fuzz::require(reader.body().size() == reader.body_bytes(), "every byte of the body is kept");
    *body = reader.body();
    return result_of(reader);
}

/// As the engine reads what is not judged: a little, then drop what may be dropped.
Seen read_and_drop(std::string_view bytes, std::size_t step) {
    AnswerReader reader;
    reader.begin(false);
    while (!bytes.empty() && (reader.state() == AnswerReader::State::kHead ||
                              reader.state() == AnswerReader::State::kBody)) {
        const std::uint64_t skippable = std::min<std::uint64_t>(reader.skippable(), bytes.size());
        if (skippable > 0) {
            reader.skipped(skippable);
            bytes.remove_prefix(skippable);
        } else {
            bytes.remove_prefix(reader.feed(bytes.substr(0, step)));
        }
    }
    fuzz::require(reader.body().empty(), "a body that is not kept is not copied");
    return result_of(reader);
}

}  // namespace

}  // namespace rookery::load

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = rookery::fuzz::as_text(data, size).substr(1);
    const std::size_t cut = std::min<std::size_t>(data[0], bytes.size());
    std::string whole_body;
    std::string cut_body;
    const auto whole = rookery::load::read_in_two(bytes, bytes.size(), &whole_body);
    const auto in_two = rookery::load::read_in_two(bytes, cut, &cut_body);
    rookery::fuzz::require(whole == in_two, "what is read does not depend on the cut");
    rookery::fuzz::require(whole_body == cut_body, "nor does the body");
    const auto dropped = rookery::load::read_and_drop(bytes, 1 + cut);
    rookery::fuzz::require(whole == dropped, "nor whether the body is dropped");
    return 0;
}
