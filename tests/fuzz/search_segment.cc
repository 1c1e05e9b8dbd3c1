// Segments of the search index whose bytes were changed: they are refused, or read without harm.
// The first byte says what the rest is:
//
//   0   a segment, as it is
//   1   damage to a sound segment, which the second byte chooses
//   2   damage to a manifest, which then gets its checksum right
//   3   damage to a file of a whole index, which the second byte chooses
//
// Damage is a row of steps of four bytes: where (2, little-endian), what is done, and a value.

#include "base/codec.h"
#include "base/log.h"
#include "fuzz/fuzz_input.h"
#include "kit/task_driver.h"
#include "kit/temporary_directory.h"
#include "search/index_files.h"
#include "search/segment_format.h"
#include "search/segment_merge.h"
#include "search/segment_writer.h"
#include "search/segmented_index.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

namespace search = rookery::search;
namespace ports = rookery::ports;
using rookery::fuzz::require;
using Kind = ports::SearchNode::Kind;

/// Words at positions, and the same without; every third document has the rarer ones.
ports::SearchDocument document(std::uint64_t id) {
    ports::SearchDocument made{.id = id, .length = 4 + static_cast<std::uint32_t>(id % 3)};
    made.terms = {{"sall", 1 + static_cast<std::uint32_t>(id % 2), {}}, {"wall", 1, {0}}};
    if (id % 3 == 0) {
        made.terms.push_back({"wsome", 2, {1, 3}});
    }
    if (id % 3 == 1) {
        made.terms.push_back({"wsomething", 1, {1}});
    }
    return made;
}

std::vector<ports::SearchDocument> documents(std::uint64_t first, std::uint64_t last) {
    std::vector<ports::SearchDocument> made;
    for (std::uint64_t id = first; id <= last; ++id) {
        made.push_back(document(id));
    }
    return made;
}

std::string segment_of(std::uint64_t first, std::uint64_t last) {
    const auto made = documents(first, last);
    std::vector<const ports::SearchDocument*> pointers;
    for (const ports::SearchDocument& one : made) {
        pointers.push_back(&one);
    }
    return search::build_segment(pointers);
}

/// One list of a single block, and lists of several.
const std::array<std::string, 2>& sound_segments() {
    static const std::array<std::string, 2> made{segment_of(10, 14), segment_of(10, 450)};
    return made;
}

void damage(std::string& bytes, std::string_view steps) {
    for (; steps.size() >= 4 && !bytes.empty(); steps.remove_prefix(4)) {
        const auto low = static_cast<std::uint8_t>(steps[0]);
        const auto high = static_cast<std::uint8_t>(steps[1]);
        const std::size_t at = (low + std::size_t{256} * high) % bytes.size();
        const char value = steps[3];
        const std::size_t count = 1 + static_cast<std::uint8_t>(value) % 16;
        switch (static_cast<std::uint8_t>(steps[2]) % 6) {
            case 0:
                bytes[at] = static_cast<char>(bytes[at] ^ value);
                break;
            case 1:
                bytes[at] = value;
                break;
            case 2:
                bytes.resize(at);
                break;
            case 3:
                bytes.erase(at, count);
                break;
            case 4:
                bytes.insert(at, count, value);
                break;
            default:
                std::ranges::fill(
                    bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), at + count)),
                    '\xFF'
                );
        }
    }
}

void check_list(const search::Segment& segment, const search::Segment::Term& term) {
    std::int64_t previous = -1;
    std::uint32_t seen = 0;
    std::vector<std::uint32_t> positions;
    auto leaping = segment.cursor(term);
    for (auto cursor = segment.cursor(term); cursor.doc() != search::kNoDoc; cursor.next()) {
        require(cursor.doc() < segment.doc_count(), "a document of the segment");
        require(cursor.doc() > previous, "documents ascend");
        require(++seen <= term.documents, "no more than there are");
        cursor.positions(positions);
        require(positions.empty() || positions.size() <= cursor.frequency(), "as many places");
        if (seen % 7 == 0) {
            leaping.advance(cursor.doc());
            require(leaping.doc() >= cursor.doc(), "never before what was asked for");
        }
        previous = cursor.doc();
    }
    std::vector<search::DocNumber> taken(std::size_t{term.documents} + 1);
    auto taking = segment.cursor(term);
    taken.resize(taking.take(taken));
    require(taken.size() == seen, "as many together as one by one");
    auto keeping = segment.unstarted_cursor(term);
    std::vector<search::DocNumber> docs;
    for (search::DocNumber doc = 0; doc < segment.doc_count(); doc += 1 + doc % 3) {
        docs.push_back(doc);
        if (docs.size() == search::kDocsTogetherMax) {
            require(keeping.keep(docs) <= docs.size(), "no more than were asked for");
            docs.clear();
        }
    }
}

std::vector<ports::SearchQuery> questions() {
    const auto term = [](const char* text) { return ports::SearchNode{Kind::kTerm, {text}}; };
    std::vector<ports::SearchNode> nodes{
        {},
        term("wall"),
        {Kind::kPrefix, {"wsome"}},
        {Kind::kPhrase, {"wall", "wsome"}},
        {Kind::kAnd, {}, {term("wall"), {Kind::kNot, {}, {term("wsome")}}}},
        {Kind::kOr, {}, {term("wsome"), term("wsomething"), {Kind::kIds, {}, {}, {300, 12, 10}}}},
    };
    std::vector<ports::SearchQuery> queries(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        queries[i].matches = std::move(nodes[i]);
        queries[i].scored = {"sall", "wsome"};
        queries[i].limit = 1'000;
    }
    return queries;
}

std::vector<std::uint64_t> ids_of(std::vector<ports::SearchHit> hits) {
    std::vector<std::uint64_t> ids;
    for (const ports::SearchHit& hit : hits) {
        ids.push_back(hit.id);
    }
    return ids;
}

void check_searches(const search::SegmentPtr& segment) {
    const auto dead = std::make_shared<search::DeadDocs>(segment->doc_count());
    const search::Snapshot snapshot{{{segment, dead, 0}}};
    for (const ports::SearchQuery& query : questions()) {
        const auto newest = ids_of(search::search_newest(snapshot, query, 100'000));
        require(
            std::ranges::is_sorted(newest, std::ranges::greater_equal{}) ||
                std::ranges::adjacent_find(newest, std::less_equal{}) == newest.end(),
            "the newest first, each once"
        );
        for (const std::uint64_t id : newest) {
            require(segment->find(id).has_value(), "a document of the segment is found");
        }
        auto relevant = ids_of(search::search_relevant(snapshot, query, 100'000));
        std::ranges::sort(relevant, std::greater{});
        require(relevant == newest, "both orders find the same");
    }
    static_cast<void>(search::complete_term(snapshot, "w", 5, 1'000));
}

void check_merge(const search::SegmentPtr& segment) {
    static const search::SegmentPtr other =
        search::Segment::open(search::hold(segment_of(1, 9))).value();
    if (segment->oldest_id() <= other->newest_id()) {
        return;  // an id must not live twice, and it is the caller who sees to that
    }
    const std::atomic<bool> cancelled{false};
    const auto alive = [](const search::SegmentPtr& of) {
        return search::MergeSource{of, std::make_shared<search::DeadDocs>(of->doc_count())};
    };
    const std::string merged = search::merge_segments({alive(segment), alive(other)}, cancelled);
    const auto opened = search::Segment::open(search::hold(merged));
    require(opened && (*opened)->is_intact(), "a merge makes a sound segment");
    require((*opened)->doc_count() == segment->doc_count() + 9, "of all documents");
}

void check_segment(std::string bytes) {
    const auto opened = search::Segment::open(search::hold(std::move(bytes)));
    if (!opened) {
        require(opened.error().code == rookery::ErrorCode::kCorrupt, "refused for what it is");
        return;
    }
    const search::Segment& segment = **opened;
    static_cast<void>(segment.is_intact());
    for (std::uint32_t i = 0; i < segment.term_count(); ++i) {
        const search::Segment::Term term = segment.term(i);
        static_cast<void>(segment.find(term.text));
        check_list(segment, term);
    }
    check_searches(*opened);
    check_merge(*opened);
}

void check_manifest(std::string_view steps) {
    std::string bytes = search::encode(search::Manifest{300, 5, {2, 4}});
    bytes.resize(bytes.size() - 8);
    damage(bytes, steps);
    rookery::ByteWriter(bytes).fixed64(search::format::checksum(bytes));
    if (const auto manifest = search::decode_manifest(bytes)) {
        const auto again = search::decode_manifest(search::encode(*manifest));
        require(again && *again == *manifest, "a manifest is what was written");
    }
}

/// Three files: the documents 10 to 449, of which 11 is dead.
void check_index(std::uint8_t file, std::string_view steps) {
    const std::array<std::string, 3> names{"MANIFEST", "00000001.segment", "00000001.dead"};
    static const rookery::kit::TemporaryDirectory directory;
    static rookery::BlockingPool pool{1};
    const auto open = [&] {
        search::SegmentedIndexConfig config;
        config.directory = directory.path();
        return search::SegmentedIndex::open(config, pool).value();
    };
    const auto all = [](search::SegmentedIndex& index) {
        return rookery::kit::run(index.search(questions()[1])).value();
    };
    static const auto sound = [&] {
        rookery::log::set_level(rookery::log::Level::kError);  // that it begins anew is expected
        auto index = open();
        std::vector<ports::SearchChange> changes;
        for (auto& made : documents(10, 449)) {
            changes.push_back({std::move(made), false});
        }
        require(rookery::kit::run(index->apply(std::move(changes), 7)).has_value(), "applied");
        require(rookery::kit::run(index->flush()).has_value(), "flushed");
        require(
            rookery::kit::run(index->apply({{{.id = 11}, true}}, 8)).has_value() &&
                rookery::kit::run(index->flush()).has_value(),
            "flushed again"
        );
        std::array<std::string, 3> bytes;
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::ifstream in(directory.path() / names[i], std::ios::binary);
            bytes[i].assign(std::istreambuf_iterator<char>(in), {});
            require(!bytes[i].empty(), "the index is in these files");
        }
        return std::pair(bytes, all(*index));
    }();
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string bytes = sound.first[i];
        if (i == file % names.size()) {
            damage(bytes, steps);
        }
        std::ofstream(directory.path() / names[i], std::ios::binary | std::ios::trunc) << bytes;
    }
    const auto index = open();
    const bool is_anew = index->checkpoint() == 0 && index->size().documents == 0;
    const bool is_whole =
        index->checkpoint() == 8 && index->size().documents == 439 && all(*index) == sound.second;
    require(is_anew || is_whole, "all of it, or begun anew");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = rookery::fuzz::as_text(data, size);
    if (input.size() < 2) {
        return 0;
    }
    const auto choice = static_cast<std::uint8_t>(input[1]);
    switch (static_cast<std::uint8_t>(input[0]) % 4) {
        case 0:
            check_segment(std::string(input.substr(1)));
            break;
        case 1: {
            std::string bytes = sound_segments()[choice % 2];
            damage(bytes, input.substr(2));
            check_segment(std::move(bytes));
            break;
        }
        case 2:
            check_manifest(input.substr(1));
            break;
        default:
            check_index(choice, input.substr(2));
    }
    return 0;
}
