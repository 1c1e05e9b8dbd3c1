#include "search/segmented_index.h"

#include "base/log.h"
#include "ports/search_match.h"
#include "search/segment_writer.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rookery::search {

using ports::SearchChange;
using ports::SearchHit;
using ports::SearchQuery;

SegmentedIndex::SegmentedIndex(SegmentedIndexConfig config, BlockingPool& pool)
    : config_(std::move(config)), pool_(pool), files_(config_.directory) {}

Result<std::unique_ptr<SegmentedIndex>>
SegmentedIndex::open(SegmentedIndexConfig config, BlockingPool& pool) {
    std::unique_ptr<SegmentedIndex> index(new SegmentedIndex(std::move(config), pool));
    if (auto prepared = index->files_.prepare(); !prepared) {
        return std::move(prepared).error();
    }
    if (auto loaded = index->load(); !loaded) {
        log::warning(
            "the search index is made anew from the posts", {{"because", loaded.error().message}}
        );
        index->publish({});
        index->dead_written_.clear();
        index->durable_files_.clear();
        index->files_.remove_others({});
    }
    index->background_ = std::thread([raw = index.get()] { raw->merge_in_background(); });
    return index;
}

SegmentedIndex::~SegmentedIndex() {
    stopping_ = true;
    {
        const std::scoped_lock lock(wake_mutex_);
        work_ = true;
    }
    wake_.notify_all();
    if (background_.joinable()) {
        background_.join();
    }
}

Result<void> SegmentedIndex::load() {
    TRY(const Manifest manifest, files_.read_manifest());
    next_file_ = manifest.next_file;
    std::vector<Part> parts;
    std::size_t verified = 0;
    for (const std::uint64_t file : manifest.files) {
        TRY(Part part, files_.read_part(file));
        verified += part.segment->bytes();
        if (verified <= config_.verified_bytes_max && !part.segment->is_intact()) {
            return fail(ErrorCode::kCorrupt, "a segment of the search index is damaged");
        }
        dead_written_[file] = part.dead->count();
        parts.push_back(std::move(part));
    }
    publish(std::move(parts));
    applied_checkpoint_ = manifest.checkpoint;
    durable_checkpoint_ = manifest.checkpoint;
    written_ = manifest;
    durable_files_ = {manifest.files.begin(), manifest.files.end()};
    files_.remove_others(durable_files_);
    return {};
}

SnapshotPtr SegmentedIndex::snapshot() const {
    const std::scoped_lock lock(snapshot_mutex_);
    return snapshot_;
}

void SegmentedIndex::publish(std::vector<Part> parts) {
    std::ranges::sort(parts, std::greater{}, [](const Part& p) { return p.segment->newest_id(); });
    auto made = std::make_shared<Snapshot>();
    made->parts = std::move(parts);
    SnapshotPtr old = std::move(made);
    {
        const std::scoped_lock lock(snapshot_mutex_);
        std::swap(snapshot_, old);
    }
}

Task<Result<void>>
SegmentedIndex::apply(std::vector<SearchChange> changes, ports::EventId checkpoint) {
    const std::scoped_lock lock(apply_mutex_);
    add_changes(changes, checkpoint);
    merge_small_parts();
    co_return Result<void>{};
}

void SegmentedIndex::add_changes(
    const std::vector<SearchChange>& changes,
    ports::EventId checkpoint
) {
    std::unordered_map<std::uint64_t, const SearchChange*> last;
    for (const SearchChange& change : changes) {
        last[change.document.id] = &change;
    }
    std::vector<const ports::SearchDocument*> documents;
    for (const auto& [id, change] : last) {
        if (!change->erased) {
            documents.push_back(&change->document);
        }
    }
    std::optional<Part> made;
    if (!documents.empty()) {
        made.emplace();
        made->segment = Segment::open(hold(build_segment(documents))).value();
        made->dead = std::make_shared<DeadDocs>(made->segment->doc_count());
    }
    const std::scoped_lock lock(parts_mutex_);
    const SnapshotPtr before = snapshot();
    if (made) {
        // First the new, then the end of the old: in between a search sees one of them or both,
        // never none.
        std::vector<Part> parts = before->parts;
        parts.push_back(std::move(*made));
        publish(std::move(parts));
    }
    for (const Part& part : before->parts) {
        for (const auto& [id, change] : last) {
            if (const auto doc = part.segment->find(id)) {
                part.dead->mark(*doc);
            }
        }
    }
    applied_checkpoint_ = std::max(applied_checkpoint_, checkpoint);
}

Task<Result<std::vector<SearchHit>>> SegmentedIndex::search(SearchQuery query) {
    if (auto checked = ports::check_query(query); !checked) {
        co_return std::move(checked).error();
    }
    SnapshotPtr now = snapshot();
    std::size_t bytes = 0;
    for (const Part& part : now->parts) {
        bytes += part.segment->bytes();
    }
    if (query.order == ports::SearchOrder::kNewest && bytes <= config_.inline_bytes_max) {
        co_return search_newest(*now, query, config_.steps_max);
    }
    auto hits = co_await pool_.run(
        [snapshot = std::move(now), steps = config_.steps_max, asked = std::move(query)] {
            return asked.order == ports::SearchOrder::kNewest
                       ? search_newest(*snapshot, asked, steps)
                       : search_relevant(*snapshot, asked, steps);
        }
    );
    co_return hits;
}

Task<Result<std::vector<ports::SearchIndex::TermCount>>>
SegmentedIndex::complete(std::string prefix, std::size_t limit) {
    const SnapshotPtr now = snapshot();
    co_return complete_term(*now, prefix, limit, config_.completed_terms_max);
}

Task<Result<void>> SegmentedIndex::flush() {
    auto flushed = co_await pool_.run([this] { return flush_now(); });
    co_return flushed;
}

ports::SearchIndex::Size SegmentedIndex::size() const {
    Size size;
    const SnapshotPtr now = snapshot();
    for (const Part& part : now->parts) {
        size.documents += part.living();
        size.bytes += part.segment->bytes();
    }
    return size;
}

Result<void> SegmentedIndex::verify() const {
    const SnapshotPtr now = snapshot();
    for (const Part& part : now->parts) {
        if (!part.segment->is_intact()) {
            return fail(ErrorCode::kCorrupt, "a segment of the search index is damaged");
        }
    }
    return {};
}

}  // namespace rookery::search
